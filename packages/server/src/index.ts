export { type Auth, type AuthApi, type Connection, createAuth } from './auth.ts'
export type { Mail, MailTransport, Sms, SmsTransport } from './delivery/messages.ts'
export type { AuthEvent } from './events/events.ts'
export type { Guard, SessionOptions } from './guard/api.ts'
export { CsrfError } from './guard/csrf-error.ts'
export type { CsrfToken } from './guard/guard.ts'
export type { GuardedRequest } from './guard/request.ts'
export type { Credential, UserSession } from './guard/user-session.ts'
export type { Log } from './log.ts'
export type { Outbound } from './outbound/outbound.ts'
export type { Parts } from './parts.ts'
export { ProviderError } from './providers/provider-error.ts'
export { defineSettings } from './settings/file.ts'
export type { SettingsInput } from './settings/input.ts'
export { type Language, languages } from './settings/languages.ts'
export { SettingsError } from './settings/settings-error.ts'
export type {
  AppTokens,
  JwtClaims,
  RefreshContext,
  TokenSession,
  TokenStrategy,
} from './settings/token-strategy.ts'
export type { ProviderAccessToken } from './socialaccount/stored-tokens/fresh-token.ts'
export { type UserInput, UserInputError } from './users/create.ts'
