import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { methodOf, written } from '../../lib/identifier.ts'
import { useSay } from '../../lib/language.tsx'
import { noteRecipient } from '../../lib/recipient.ts'
import { useSubmit } from '../../lib/use-submit.ts'
import { Form } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { AuthLink } from './auth-link.tsx'
import { IdentifierField } from './identifier-field.tsx'
import { intoField } from './into-field.ts'
import { orStuck } from './or-stuck.ts'

/** Who somebody is, and the password. */
export function LoginForm() {
  const say = useSay()
  const { login_methods } = useConfiguration().account
  const state = useSubmit(async ({ login = '', password = '' }: Record<string, string>) => {
    const method = methodOf(login, login_methods)
    const identifier = written(method, login)
    noteRecipient(method === 'username' ? null : identifier)
    // One member of its own kind, as the contract wants it.
    const input = { [method]: identifier, password } as { email: string; password: string }
    return orStuck(intoField(await client.logIn(input), method, 'login'))
  })
  return (
    <Form state={state} submit={say('auth.logIn')} onSubmit={state.call}>
      <IdentifierField name="login" methods={login_methods} />
      <PasswordField
        name="password"
        label={say('auth.password')}
        autoComplete="current-password"
        required
      />
      <p className="below-field">
        <AuthLink to="/password/reset">{say('auth.forgotPassword')}</AuthLink>
      </p>
    </Form>
  )
}
