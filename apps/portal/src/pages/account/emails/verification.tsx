import { type ReactNode, useState } from 'react'
import { client } from '../../../lib/client.ts'
import { useConfiguration } from '../../../lib/configuration.tsx'
import { useSay } from '../../../lib/language.tsx'
import { useTell } from '../told.tsx'
import { CodeDialog } from '../ui/code-dialog.tsx'
import { type Change, useChange } from '../use-change.ts'

/** How an address is verified: by a link in a mail, or by a code that is typed here. */
export interface Verification {
  isByCode: boolean
  /** Has the mail sent once more. */
  send: Change<[string]>
  /** Goes on after a first mail was sent. */
  begun(email: string): void
  dialog: ReactNode
}

/** Verifies addresses; calls `onVerified` after each. */
export function useVerification(onVerified: () => Promise<void>): Verification {
  const say = useSay()
  const tell = useTell()
  const { account, portal } = useConfiguration()
  const { email_verification_by_code_enabled: isByCode } = account
  const [waiting, setWaiting] = useState<string | null>(null)
  const [isResent, setResent] = useState(false)
  /** Whose code is the one that the session waits for, as far as this page knows. */
  const [latest, setLatest] = useState<string | null>(null)

  function begun(email: string): void {
    setResent(false)
    setLatest(email)
    if (isByCode) setWaiting(email)
    else tell(say('account.linkSent', { email }))
  }

  const send = useChange(
    async (email: string) => {
      const answer = await client.requestEmailVerification({ email })
      const isTooSoon = answer.status === 403 || answer.status === 429
      // The code that was sent before is as good, unless one for another address took its place.
      if (isTooSoon && isByCode && email === latest) return { status: 200 as const, email }
      return { ...answer, email }
    },
    {
      onDone: ({ email }) => begun(email),
      refusals: { 403: 'account.mailTooSoon', 429: 'account.mailTooSoon' },
    },
  )
  const verify = useChange((key: string) => client.verifyEmail({ key }), {
    async onDone() {
      setWaiting(null)
      setLatest(null)
      tell(say('account.emailVerified', { email: waiting ?? '' }))
      await onVerified()
    },
    refusals: { 409: 'account.codeGone' },
  })
  const resend = useChange(() => client.requestEmailVerification({ email: waiting ?? '' }), {
    onDone: () => setResent(true),
    refusals: { 403: 'account.codeLast' },
  })
  const dialog = (
    <CodeDialog
      title={say('account.emailCodeTitle')}
      sentTo={waiting}
      name="key"
      isNumeric={portal.email_verification_code.is_numeric}
      verify={verify}
      resend={resend}
      isResent={isResent}
      onClose={() => setWaiting(null)}
    />
  )
  return { isByCode, send, begun, dialog }
}
