import { useEffect, useState } from 'react'
import { useSay } from '../../../lib/language.tsx'
import { Button } from '../../../ui/button.tsx'

/** Puts a text where it can be pasted from. */
export function Copy({ text }: { text: string }) {
  const say = useSay()
  const [how, setHow] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (how === null) return
    const timer = setTimeout(() => setHow(null), 5000)
    return () => clearTimeout(timer)
  }, [how])

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      setHow('copied')
    } catch {
      // Browsers may forbid it, and have no clipboard for pages without https.
      setHow('failed')
    }
  }

  return (
    <>
      <Button onClick={() => void copy()}>{say('account.copy')}</Button>
      <span className="copied" role="status">
        {how === 'copied' && say('account.copied')}
        {how === 'failed' && say('account.copyFailed')}
      </span>
    </>
  )
}
