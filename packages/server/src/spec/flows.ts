import type { components } from '@latchkey/contract'
import { takesTokens } from '../providers/app.ts'
import type { Facts } from './facts.ts'

type FlowId = components['schemas']['FlowId']

/** Whether answers can list a flow. */
const flows = {
  login: ({ serves }) => serves('logIn'),
  // A code can be asked for after a passkey as well, which serves without a password.
  login_by_code: ({ serves, settings }) =>
    serves('confirmLoginCode') || settings.account.loginByCodeRequired !== false,
  mfa_authenticate: ({ hasMfa }) => hasMfa,
  mfa_login_webauthn: ({ serves }) => serves('logInWithWebAuthn'),
  mfa_reauthenticate: ({ hasMfa }) => hasMfa,
  mfa_signup_webauthn: ({ serves }) => serves('completePasskeySignup'),
  mfa_trust: ({ serves }) => serves('trustBrowser'),
  password_reset_by_code: ({ serves, settings }) =>
    serves('resetPassword') && settings.account.passwordResetByCodeEnabled,
  provider_redirect: ({ takes, apps }) => takes('browser') && apps.length > 0,
  provider_signup: ({ apps }) => apps.length > 0,
  provider_token: ({ apps }) => apps.some(({ provider }) => takesTokens(provider)),
  reauthenticate: ({ serves }) => serves('reauthenticate'),
  signup: ({ serves, settings }) => serves('signUp') && settings.server.hookSignupOpen,
  verify_email: ({ settings: { account, socialaccount }, apps }) =>
    account.emailVerification === 'mandatory' ||
    (apps.length > 0 && socialaccount.emailVerification === 'mandatory'),
  verify_phone: ({ settings: { account } }) =>
    account.phoneVerificationEnabled && account.signupFields.phone !== 'absent',
} satisfies Record<FlowId, (facts: Facts) => boolean>

/** The flows that answers can list. */
export function possibleFlows(facts: Facts): string[] {
  return Object.entries(flows).flatMap(([id, isPossible]) => (isPossible(facts) ? [id] : []))
}
