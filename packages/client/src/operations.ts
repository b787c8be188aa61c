type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Where an operation is, and where its input goes if that is not the body. */
export interface Operation {
  readonly method: Method
  /** Below `/{base}/{client}/v1/`. */
  readonly path: string
  /** Where it is no part of the headless API. @defaultValue '_allauth' */
  readonly base?: '_latchkey'
  /** The header that has the input's `key`. */
  readonly keyHeader?: string
}

const emailKey = 'X-Email-Verification-Key'
const resetKey = 'X-Password-Reset-Key'

/** Every operation that is asked by `fetch`, under its name in the contract. */
export const operations = {
  getConfiguration: get('config'),
  getSession: get('auth/session'),
  logOut: remove('auth/session'),
  logIn: post('auth/login'),
  signUp: post('auth/signup'),
  getEmailVerification: get('auth/email/verify', emailKey),
  verifyEmail: post('auth/email/verify'),
  resendEmailVerification: post('auth/email/verify/resend'),
  verifyPhone: post('auth/phone/verify'),
  resendPhoneVerification: post('auth/phone/verify/resend'),
  reauthenticate: post('auth/reauthenticate'),
  requestPasswordReset: post('auth/password/request'),
  getPasswordReset: get('auth/password/reset', resetKey),
  resetPassword: post('auth/password/reset'),
  requestLoginCode: post('auth/code/request'),
  confirmLoginCode: post('auth/code/confirm'),
  resendLoginCode: post('auth/code/resend'),
  beginProviderRedirect: post('auth/provider/redirect'),
  redeemProviderCode: post('auth/provider/code'),
  logInWithProviderToken: post('auth/provider/token'),
  getProviderSignup: get('auth/provider/signup'),
  completeProviderSignup: post('auth/provider/signup'),
  authenticateWithCode: post('auth/2fa/authenticate'),
  reauthenticateWithCode: post('auth/2fa/reauthenticate'),
  trustBrowser: post('auth/2fa/trust'),
  getWebAuthnAuthenticationOptions: get('auth/webauthn/authenticate'),
  authenticateWithWebAuthn: post('auth/webauthn/authenticate'),
  getWebAuthnReauthenticationOptions: get('auth/webauthn/reauthenticate'),
  reauthenticateWithWebAuthn: post('auth/webauthn/reauthenticate'),
  getWebAuthnLoginOptions: get('auth/webauthn/login'),
  logInWithWebAuthn: post('auth/webauthn/login'),
  startPasskeySignup: post('auth/webauthn/signup'),
  getPasskeySignupOptions: get('auth/webauthn/signup'),
  completePasskeySignup: put('auth/webauthn/signup'),
  listSessions: get('auth/sessions'),
  endSessions: remove('auth/sessions'),
  listEmailAddresses: get('account/email'),
  addEmailAddress: post('account/email'),
  requestEmailVerification: put('account/email'),
  makeEmailAddressPrimary: patch('account/email'),
  removeEmailAddress: remove('account/email'),
  listPhoneNumbers: get('account/phone'),
  changePhoneNumber: post('account/phone'),
  changePassword: post('account/password/change'),
  listProviderAccounts: get('account/providers'),
  disconnectProviderAccount: remove('account/providers'),
  listAuthenticators: get('account/authenticators'),
  getTotp: get('account/authenticators/totp'),
  activateTotp: post('account/authenticators/totp'),
  deactivateTotp: remove('account/authenticators/totp'),
  getRecoveryCodes: get('account/authenticators/recovery-codes'),
  generateRecoveryCodes: post('account/authenticators/recovery-codes'),
  getWebAuthnCreationOptions: get('account/authenticators/webauthn'),
  addWebAuthn: post('account/authenticators/webauthn'),
  renameWebAuthn: put('account/authenticators/webauthn'),
  removeWebAuthn: remove('account/authenticators/webauthn'),
  refreshTokens: post('tokens/refresh'),
  getPortal: own(get('portal')),
  getAccount: own(get('account')),
  updateAccount: own(patch('account')),
  deleteAccount: own(remove('account')),
  exportAccount: own(get('account/export')),
} as const satisfies Record<string, Operation>

function get(path: string, keyHeader?: string): Operation {
  return { method: 'GET', path, ...(keyHeader !== undefined && { keyHeader }) }
}

function post(path: string): Operation {
  return { method: 'POST', path }
}

function put(path: string): Operation {
  return { method: 'PUT', path }
}

function patch(path: string): Operation {
  return { method: 'PATCH', path }
}

function remove(path: string): Operation {
  return { method: 'DELETE', path }
}

function own(operation: Operation): Operation {
  return { ...operation, base: '_latchkey' }
}
