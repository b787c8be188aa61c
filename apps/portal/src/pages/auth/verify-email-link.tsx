import { useAuth } from '@latchkey/client/react'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { client } from '../../lib/client.ts'
import { useSay } from '../../lib/language.tsx'
import { useSubmit } from '../../lib/use-submit.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { Unreachable } from '../../ui/unreachable.tsx'
import { AuthLink } from './auth-link.tsx'
import { Problems } from './problems.tsx'
import { useKey } from './use-key.ts'

const look = (key: string) => client.getEmailVerification({ key })

/** Where the link of a mail leads to. Programs that look at mails follow links, so a person has to confirm. */
export function VerifyEmailLink() {
  const { key = '' } = useParams()
  const say = useSay()
  const auth = useAuth()
  const navigate = useNavigate()
  const { answer, failure, load } = useKey(look, key)
  const state = useSubmit(() => client.verifyEmail({ key }))
  const [isDone, setDone] = useState(false)
  if (failure) return <Unreachable failure={failure} onRetry={load} />
  if (!answer) return <Spinner />
  if (isDone) return <Verified isSignedIn={auth.status === 'signed-in'} />
  if (answer.status !== 200) {
    return (
      <Page title={say('auth.verifyEmail')}>
        <Problems state={{ errors: 'errors' in answer ? answer.errors : [], failure: null }} />
        {answer.status === 409 && (
          <Notice kind="error">{say('errors.invalid_or_expired_key')}</Notice>
        )}
        <AuthLink to="/login" look="plain">
          {say('auth.backToLogin')}
        </AuthLink>
      </Page>
    )
  }
  const { email, user } = answer.data

  async function confirm(): Promise<void> {
    const done = await state.call()
    if (done?.status !== 200 && done?.status !== 401) return
    // A sign-up that waited for this goes on by itself.
    if (client.state.status === 'pending') navigate('/login', { replace: true })
    setDone(true)
  }

  return (
    <Page title={say('auth.verifyEmail')}>
      <p>
        {say('auth.isThisYours')} <bdi className="recipient">{email}</bdi>
      </p>
      <p className="muted">
        {say('auth.accountOf')} <bdi>{user.display}</bdi>
      </p>
      <Problems state={state} />
      <Button look="primary" isPending={state.isPending} onClick={() => void confirm()}>
        {say('auth.confirmEmail')}
      </Button>
    </Page>
  )
}

function Verified({ isSignedIn }: { isSignedIn: boolean }) {
  const say = useSay()
  return (
    <Page title={say('auth.emailVerified')} key="verified">
      <p>{say('auth.emailVerifiedText')}</p>
      <AuthLink to="/login" look="primary">
        {say(isSignedIn ? 'common.continue' : 'auth.logIn')}
      </AuthLink>
    </Page>
  )
}
