import { useState } from 'react'
import { useParams } from 'react-router'
import { client } from '../../lib/client.ts'
import { useSay } from '../../lib/language.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { Unreachable } from '../../ui/unreachable.tsx'
import { AuthLink } from './auth-link.tsx'
import { Ended } from './ended.tsx'
import { NewPasswordForm } from './new-password-form.tsx'
import { useKey } from './use-key.ts'

const look = (key: string) => client.getPasswordReset({ key })

/** Where the link of a mail leads to: a new password. */
export function PasswordResetLink() {
  const { key = '' } = useParams()
  const say = useSay()
  const { answer, failure, load } = useKey(look, key)
  const [isDone, setDone] = useState(false)
  if (failure) return <Unreachable failure={failure} onRetry={load} />
  // Where nobody is signed in by it, the login says what was done.
  if (isDone) return <Ended notice="auth.passwordSet" />
  if (!answer) return <Spinner />
  if (answer.status !== 200) {
    return (
      <Page title={say('auth.newPassword')} key="wrong">
        <Notice kind="error">{say('errors.invalid_password_reset')}</Notice>
        <AuthLink to="/password/reset" look="primary">
          {say('auth.requestAgain')}
        </AuthLink>
      </Page>
    )
  }
  const { user } = answer.data
  const account = user?.email ?? user?.username ?? user?.display ?? null
  return (
    <Page title={say('auth.newPassword')} startsAtField key="password">
      {account !== null && (
        <p>
          {say('auth.accountOf')} <bdi className="recipient">{account}</bdi>
        </p>
      )}
      <NewPasswordForm username={account} resetKey={key} onDone={() => setDone(true)} />
    </Page>
  )
}
