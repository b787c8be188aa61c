import { useCall } from '@latchkey/client/react'
import { useState } from 'react'
import { useSay } from '../../lib/language.tsx'
import { sayFailure } from '../../lib/say-error.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

const told = {
  200: { kind: 'success', text: 'auth.resent' },
  409: { kind: 'info', text: 'auth.noMoreCodes' },
  429: { kind: 'info', text: 'auth.resendLater' },
} as const

/** Asks for the message once more, as often as the server allows. */
export function Resend({ resend }: { resend(): Promise<{ status: 200 | 409 | 429 }> }) {
  const say = useSay()
  const { call, isPending, failure } = useCall(resend)
  const [status, setStatus] = useState<keyof typeof told | null>(null)
  return (
    <div className="stack">
      <div role="status">
        {status && !failure && (
          <Notice kind={told[status].kind} isQuiet>
            {say(told[status].text)}
          </Notice>
        )}
      </div>
      {failure && <Notice kind="error">{sayFailure(say, failure)}</Notice>}
      {status !== 409 && (
        <p className="center">
          <Button
            look="quiet"
            isPending={isPending}
            onClick={async () => setStatus((await call())?.status ?? null)}
          >
            {say('auth.resend')}
          </Button>
        </p>
      )}
    </div>
  )
}
