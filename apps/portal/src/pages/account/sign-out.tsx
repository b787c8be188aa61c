import { useCall } from '@latchkey/client/react'
import { client } from '../../lib/client.ts'
import { useSay } from '../../lib/language.tsx'
import { sayFailure } from '../../lib/say-error.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { leaveBy, useSignedIn } from './signed-in.tsx'

/** Ends the session, and leads to the login. */
export function SignOut() {
  const say = useSay()
  const signedIn = useSignedIn()
  const { call, isPending, failure } = useCall(() =>
    leaveBy(signedIn, { path: '/login' }, () => client.logOut()),
  )
  return (
    <div className="account-out">
      <bdi className="account-name">{signedIn.user.display}</bdi>
      <Button onClick={() => void call()} isPending={isPending}>
        {say('account.signOut')}
      </Button>
      {failure && <Notice kind="error">{sayFailure(say, failure)}</Notice>}
    </div>
  )
}
