import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { useProviders } from '../../lib/providers.ts'
import { Page } from '../../ui/page.tsx'
import { Arrival } from './arrival.tsx'
import { AuthLink } from './auth-link.tsx'
import { LoginForm } from './login-form.tsx'
import { OtherWays } from './other-ways.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { ProviderButtons } from './provider-buttons.tsx'
import { usePasskeyLogin } from './use-passkey-login.ts'

/** Every way in. */
export function Login() {
  const say = useSay()
  const { account, portal } = useConfiguration()
  const passkey = usePasskeyLogin()
  const providers = useProviders()
  const hasCodes = account.login_by_code_enabled && portal.login_by_code_methods.length > 0
  return (
    <Page title={say('auth.logIn')} startsAtField>
      <Arrival />
      {portal.has_passwords && <LoginForm />}
      <OtherWays isAlone={!portal.has_passwords}>
        {passkey.isOffered && (
          <PasskeyButton ask={passkey.ask} state={passkey.state}>
            {say('auth.logInWithPasskey')}
          </PasskeyButton>
        )}
        {hasCodes && (
          <AuthLink to="/login/code" look="plain">
            {say('auth.logInByCode')}
          </AuthLink>
        )}
        {providers.length > 0 && <ProviderButtons />}
      </OtherWays>
      {account.is_open_for_signup && (
        <p className="center">
          {say('auth.noAccountYet')} <AuthLink to="/signup">{say('auth.signUp')}</AuthLink>
        </p>
      )}
    </Page>
  )
}
