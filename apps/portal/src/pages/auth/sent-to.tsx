import { useSay } from '../../lib/language.tsx'
import { lastRecipient } from '../../lib/recipient.ts'
import { Around } from '../../ui/around.tsx'

/** Where the message with the code went to, as far as that is known. */
export function SentTo({ recipient = lastRecipient() }: { recipient?: string | null }) {
  const say = useSay()
  if (recipient === null) return <p>{say('auth.codeSent')}</p>
  return (
    <p>
      <Around text={say('auth.codeSentTo')} hole="recipient">
        <bdi className="recipient">{recipient}</bdi>
      </Around>
    </p>
  )
}
