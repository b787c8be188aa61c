import { takesTokens } from '../providers/app.ts'
import type { LoginMethod } from '../settings/account-login.ts'
import type { Facts } from './facts.ts'

type Condition = (facts: Facts) => boolean

const ofTokens: Condition = ({ apps }) => apps.some(({ provider }) => takesTokens(provider))
const ofConnections: Condition = ({ serves }) => serves('disconnectProviderAccount')
/** Where providers are not the only way in. */
const ofDisconnecting: Condition = (facts) =>
  ofConnections(facts) && !facts.settings.socialaccount.only
const ofUsernames: Condition = ({ settings }) => settings.account.userModelUsernameField !== null
const ofLogin =
  (method: LoginMethod): Condition =>
  ({ serves, settings }) =>
    serves('logIn') && settings.account.loginMethods.includes(method)

/** The codes of errors that only some settings lead to; all others can come from any server. */
export const codes: Readonly<Record<string, Condition>> = {
  account_not_found: ofConnections,
  cannot_generate_recovery_codes: ({ serves }) => serves('generateRecoveryCodes'),
  client_id_required: ofTokens,
  connected_other: ({ apps }) => apps.length > 0,
  disconnect_last: (facts) => ofConnections(facts) && facts.settings.socialaccount.only,
  email_password_mismatch: ofLogin('email'),
  invalid_token: ({ serves }) => serves('logInWithProviderToken'),
  no_password: ofDisconnecting,
  no_verified_email: (facts) =>
    ofDisconnecting(facts) && facts.settings.account.emailVerification === 'mandatory',
  phone_password_mismatch: ofLogin('phone'),
  provider_unavailable: ({ serves, apps }) => serves('beginProviderRedirect') && apps.length > 0,
  select_only_one: ({ serves, settings: { account } }) =>
    serves('requestLoginCode') &&
    account.loginMethods.includes('phone') &&
    account.loginMethods.some((method) => method !== 'phone'),
  token_authentication_not_supported: ({ apps }) =>
    apps.some(({ provider }) => !takesTokens(provider)),
  token_required: ofTokens,
  username_blacklisted: ofUsernames,
  username_password_mismatch: ofLogin('username'),
  username_taken: ofUsernames,
}

/** Whether an error can have a code. */
export function isPossibleCode(code: string, facts: Facts): boolean {
  return codes[code]?.(facts) ?? true
}
