import type { LoginMethod } from '../settings/account-login.ts'
import type { Facts } from './facts.ts'

type Condition = (facts: Facts) => boolean

const ofProviders: Condition = ({ hasProviders }) => hasProviders
const ofUsernames: Condition = ({ settings }) => settings.account.userModelUsernameField !== null
const ofLogin =
  (method: LoginMethod): Condition =>
  ({ serves, settings }) =>
    serves('logIn') && settings.account.loginMethods.includes(method)

/** The codes of errors that only some settings lead to; all others can come from any server. */
export const codes: Readonly<Record<string, Condition>> = {
  cannot_generate_recovery_codes: ({ serves }) => serves('generateRecoveryCodes'),
  client_id_required: ofProviders,
  connected_other: ofProviders,
  email_password_mismatch: ofLogin('email'),
  invalid_token: ofProviders,
  phone_password_mismatch: ofLogin('phone'),
  token_authentication_not_supported: ofProviders,
  token_required: ofProviders,
  username_blacklisted: ofUsernames,
  username_password_mismatch: ofLogin('username'),
  username_taken: ofUsernames,
}

/** Whether an error can have a code. */
export function isPossibleCode(code: string, facts: Facts): boolean {
  return codes[code]?.(facts) ?? true
}
