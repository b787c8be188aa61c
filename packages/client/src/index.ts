export type { AccessTokenOptions } from './access-token.ts'
export { type Client, createClient, type Reauthentication } from './client.ts'
export { supportsPasskeys } from './credentials.ts'
export { LatchkeyError, type LatchkeyErrorCode } from './errors.ts'
export type { ClientOptions, ClientSettings } from './options.ts'
export {
  addPasskey,
  authenticateWithPasskey,
  completeSignupWithPasskey,
  logInWithPasskey,
  type PasskeyLogin,
  reauthenticateWithPasskey,
  supportsPasskeyAutofill,
} from './passkeys.ts'
export type { ProviderRedirect } from './redirect.ts'
export type { Envelope } from './send.ts'
export { type AuthState, stateOf } from './state.ts'
export {
  memoryTokens,
  type SecureTextStorage,
  storedTokens,
  type TextStorage,
  type TokenName,
  type TokenStore,
} from './token-store.ts'
export type {
  Answer,
  CallOptions,
  Flow,
  FlowOf,
  Input,
  InputError,
  OperationName,
  Operations,
  ReauthenticationAnswer,
  TooManyRequestsAnswer,
  UnauthenticatedAnswer,
} from './types.ts'
