import { supportsPasskeys } from '@latchkey/client'
import { useState } from 'react'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { useProviders } from '../../lib/providers.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import { AuthLink } from './auth-link.tsx'
import { OtherWays } from './other-ways.tsx'
import { ProviderButtons } from './provider-buttons.tsx'
import { SignupForm } from './signup-form.tsx'

/** A new account: by the fields that the site asks for, with a passkey, or by a provider. */
export function Signup() {
  const say = useSay()
  const { account, portal } = useConfiguration()
  const providers = useProviders()
  const [byPasskey, setByPasskey] = useState(false)
  const canByPasskey = portal.passkey_signup_enabled && supportsPasskeys()
  const login = (
    <p className="center">
      {say('auth.haveAccount')} <AuthLink to="/login">{say('auth.logIn')}</AuthLink>
    </p>
  )
  if (!account.is_open_for_signup) {
    return (
      <Page title={say('auth.signUp')}>
        <p>{say('auth.signupClosed')}</p>
        {login}
      </Page>
    )
  }
  return (
    <Page title={say('auth.signUp')} startsAtField>
      {portal.has_passwords && (
        <SignupForm key={byPasskey ? 'passkey' : 'password'} byPasskey={byPasskey} />
      )}
      <OtherWays isAlone={!portal.has_passwords}>
        {canByPasskey && (
          <Button onClick={() => setByPasskey(!byPasskey)}>
            <Icon name={byPasskey ? 'mail' : 'key'} />
            <span>{say(byPasskey ? 'auth.signUpWithPassword' : 'auth.signUpWithPasskey')}</span>
          </Button>
        )}
        {providers.length > 0 && <ProviderButtons />}
      </OtherWays>
      {login}
    </Page>
  )
}
