export { type Client, createClient, type Reauthentication } from './client.ts'
export { LatchkeyError, type LatchkeyErrorCode } from './errors.ts'
export type { ClientOptions, ClientSettings } from './options.ts'
export {
  addPasskey,
  authenticateWithPasskey,
  completeSignupWithPasskey,
  logInWithPasskey,
  type PasskeyLogin,
  reauthenticateWithPasskey,
  supportsPasskeys,
} from './passkeys.ts'
export type { ProviderRedirect } from './redirect.ts'
export type { AuthState } from './state.ts'
export {
  memoryTokens,
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
} from './types.ts'
