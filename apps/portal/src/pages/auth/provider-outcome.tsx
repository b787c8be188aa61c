import { useSearchParams } from 'react-router'
import { type MessageName, useSay } from '../../lib/language.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { AuthLink } from './auth-link.tsx'

const texts: Readonly<Record<string, MessageName>> = {
  cancelled: 'auth.providerCancelled',
  signup_closed: 'auth.signupClosed',
  permission_denied: 'auth.providerDenied',
  connected_other: 'errors.connected_other',
  reauthentication_required: 'auth.providerTooOld',
}

/**
 * Where people come back to from a provider without being signed in: on a page that asked for it, or on that for
 * what the server could not lead back. Whoever is signed in now, or has a step before them, is led on.
 */
export function ProviderOutcome() {
  const say = useSay()
  const [query] = useSearchParams()
  const error = query.get('error') ?? 'unknown'
  const isOfAccount = query.get('error_process') === 'connect'
  return (
    <Page title={say('auth.providerFailed')}>
      <Notice kind={error === 'cancelled' ? 'info' : 'error'}>
        {say(texts[error] ?? 'auth.providerUnknown')}
      </Notice>
      <AuthLink to={isOfAccount ? '/account' : '/login'} look="primary">
        {say(isOfAccount ? 'common.back' : 'auth.backToLogin')}
      </AuthLink>
    </Page>
  )
}
