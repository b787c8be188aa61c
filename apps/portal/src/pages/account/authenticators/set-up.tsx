import type { Answer } from '@latchkey/client'
import { useEffect, useRef } from 'react'
import { client } from '../../../lib/client.ts'
import { useConfiguration } from '../../../lib/configuration.tsx'
import { useSay } from '../../../lib/language.tsx'
import { Button } from '../../../ui/button.tsx'
import { CodeField } from '../../../ui/code-field.tsx'
import { Form } from '../../../ui/form.tsx'
import { useTell } from '../told.tsx'
import { Copy } from '../ui/copy.tsx'
import { useChange } from '../use-change.ts'

/** What an app is set up with. */
export type Secret = Extract<Answer<'getTotp'>, { status: 404 }>['meta']

interface SetUpProps {
  secret: Secret
  onActivated(): Promise<void>
  onCancel(): void
}

/** Sets an authenticator app up: the app gets the secret, and shows that it has it. */
export function SetUp({ secret, onActivated, onCancel }: SetUpProps) {
  const say = useSay()
  const tell = useTell()
  const { portal } = useConfiguration()
  const first = useRef<HTMLHeadingElement>(null)
  useEffect(() => first.current?.focus(), [])
  const change = useChange((code: string) => client.activateTotp({ code }), {
    async onDone() {
      tell(say('account.appAdded'))
      await onActivated()
    },
  })
  return (
    <div className="stack">
      <h3 ref={first} tabIndex={-1}>
        {say('account.appScan')}
      </h3>
      <p className="muted">{say('account.appScanText')}</p>
      {secret.totp_svg && (
        <img
          className="qr"
          src={`data:image/svg+xml,${encodeURIComponent(secret.totp_svg)}`}
          alt={say('account.appQr')}
        />
      )}
      <p>{say('account.appSecret')}</p>
      <div className="secret">
        <code dir="ltr">{secret.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        <Copy text={secret.secret} />
      </div>
      <p>
        <a href={secret.totp_url}>{say('account.appOpen')}</a>
      </p>
      <h3>{say('account.appConfirm')}</h3>
      <Form
        state={change}
        submit={say('account.appConfirmAction')}
        // Apps show blanks within a code that the server does not know of.
        onSubmit={({ code = '' }) => change.run(code.replace(/\s/g, ''))}
      >
        <CodeField
          name="code"
          label={say('account.appCode')}
          hint={say('account.appCodeHint', { count: portal.totp_digits })}
          isNumeric
        />
      </Form>
      <div>
        <Button onClick={onCancel}>{say('common.cancel')}</Button>
      </div>
    </div>
  )
}
