import { useCall } from '@latchkey/client/react'
import { type Say, useSay } from '../../lib/language.tsx'
import { sayFailure } from '../../lib/say-error.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

interface Resent {
  status: 200 | 409 | 429
  retryAfterSeconds?: number
}

/** Asks for the message once more, as often as the server allows. */
export function Resend({ resend }: { resend(): Promise<Resent> }) {
  const say = useSay()
  const { call, isPending, answer, failure } = useCall(resend)
  return (
    <div className="stack">
      <div role="status">
        {answer && (
          <Notice kind={answer.status === 200 ? 'success' : 'info'} isQuiet>
            {told(say, answer)}
          </Notice>
        )}
      </div>
      {failure && <Notice kind="error">{sayFailure(say, failure)}</Notice>}
      {answer?.status !== 409 && (
        <p className="center">
          <Button look="quiet" isPending={isPending} onClick={() => void call()}>
            {say('auth.resend')}
          </Button>
        </p>
      )}
    </div>
  )
}

function told(say: Say, { status, retryAfterSeconds: seconds }: Resent): string {
  if (status === 200) return say('auth.resent')
  if (status === 409) return say('auth.noMoreCodes')
  return seconds === undefined ? say('auth.resendLater') : say('auth.resendIn', { seconds })
}
