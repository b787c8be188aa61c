import { useEffect, useRef } from 'react'
import { useConfiguration } from '../../../lib/configuration.tsx'
import { useSay } from '../../../lib/language.tsx'
import { Button } from '../../../ui/button.tsx'
import { useSignedIn } from '../signed-in.tsx'
import { Copy } from '../ui/copy.tsx'
import { saveFile } from '../ui/save.ts'

interface CodeListProps {
  codes: readonly string[]
  /** Whether nobody has asked for them: then they draw attention to themselves. */
  isFresh: boolean
}

/** Recovery codes, with ways to keep them. On paper, only this part of the page is printed. */
export function CodeList({ codes, isFresh }: CodeListProps) {
  const say = useSay()
  const { portal } = useConfiguration()
  const { user } = useSignedIn()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => list.current?.focus(), [])
  if (codes.length === 0) return <p>{say('account.codesShownOnce')}</p>
  const heading = say('account.codesOf', {
    site: portal.name,
    user: user.email ?? user.username ?? user.display,
  })

  function save(): void {
    const text = [heading, say('account.codesKeep'), '', ...codes, ''].join('\r\n')
    saveFile('recovery-codes.txt', 'text/plain;charset=utf-8', text)
  }

  return (
    <div className="codes" ref={list} tabIndex={-1}>
      <h3>{heading}</h3>
      <p>{say(isFresh ? 'account.codesFresh' : 'account.codesKeep')}</p>
      <ul dir="ltr" aria-label={say('account.codes')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <Button onClick={save}>{say('account.download')}</Button>
        <Button onClick={() => print()}>{say('account.print')}</Button>
        <Copy text={codes.join('\n')} />
      </div>
    </div>
  )
}
