import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { refuse, useSubmit } from '../../lib/use-submit.ts'
import { Form } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { UsernameOf } from '../../ui/username-of.tsx'

interface NewPasswordFormProps {
  /** Whose password it is, for password managers. */
  username: string | null
  resetKey: string
  onDone(): void
  /** The key is of no use any more. */
  onWrongKey?(): void
}

/** A new password in place of one that was forgotten. */
export function NewPasswordForm({ username, resetKey, onDone, onWrongKey }: NewPasswordFormProps) {
  const say = useSay()
  const { password_min_length: least } = useConfiguration().portal
  const state = useSubmit(async ({ password = '', password2 = '' }: Record<string, string>) => {
    if (password !== password2) return refuse('password_mismatch', 'password2')
    const answer = await client.resetPassword({ key: resetKey, password })
    // Whoever was signed in is not any more, though the answer is about them: only a look tells.
    if (answer.status === 200) await client.getSession()
    return answer
  })

  async function send(values: Record<string, string>): Promise<void> {
    const answer = await state.call(values)
    if (answer === undefined) return
    if (answer.status === 200 || answer.status === 401) onDone()
    const errors = ('errors' in answer && answer.errors) || []
    if (errors.some(({ param }) => param === 'key')) onWrongKey?.()
  }

  return (
    <Form state={state} submit={say('auth.setPassword')} onSubmit={send}>
      {username !== null && <UsernameOf name={username} />}
      <PasswordField
        name="password"
        label={say('auth.newPassword')}
        hint={say('auth.passwordHint', { least })}
        autoComplete="new-password"
        required
      />
      <PasswordField
        name="password2"
        label={say('auth.passwordAgain')}
        autoComplete="new-password"
        required
      />
    </Form>
  )
}
