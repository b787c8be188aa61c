import type { Exchange } from '../exchange.ts'
import { answer } from '../http/answers.ts'
import type { Route } from '../http/route.ts'
import { takesTokens } from '../providers/app.ts'
import { isMfaOn } from '../settings/mfa-on.ts'
import type { InstalledApp } from '../settings/server-deployment.ts'
import { describeApp } from '../socialaccount/describe.ts'

/** What a front end has to know of the settings. */
export const configRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'config',
    audience: 'anyone',
    handle: async (ctx) => answer(200, { data: describeSettings(ctx) }),
  },
]

function describeSettings(ctx: Exchange) {
  const { settings } = ctx.server
  const has = (app: InstalledApp) => settings.server.installedApps.includes(app)
  return {
    account: describeAccount(ctx),
    ...(has('allauth.socialaccount') && { socialaccount: { providers: describeProviders(ctx) } }),
    ...(isMfaOn(settings) && { mfa: describeMfa(ctx) }),
    ...(has('allauth.usersessions') && { usersessions: describeUsersessions(ctx) }),
  }
}

/** By name, capitals first; an app is told only of those whose tokens it can hand over. */
function describeProviders({ server, client }: Exchange) {
  return server.providers.apps
    .filter(({ provider }) => client === 'browser' || takesTokens(provider))
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
    .map(describeApp)
}

function describeAccount(ctx: Exchange) {
  const { account, server } = ctx.server.settings
  const legacyMethod = legacyAuthenticationMethod(account.loginMethods)
  return {
    login_methods: account.loginMethods,
    is_open_for_signup: server.hookSignupOpen,
    email_verification_by_code_enabled: account.emailVerificationByCodeEnabled,
    login_by_code_enabled: account.loginByCodeEnabled,
    password_reset_by_code_enabled: account.passwordResetByCodeEnabled,
    ...(legacyMethod !== undefined && { authentication_method: legacyMethod }),
  }
}

/** What older clients read instead of `login_methods`; it has no word for the phone. */
function legacyAuthenticationMethod(methods: readonly string[]): string | undefined {
  const byUsername = methods.includes('username')
  const byEmail = methods.includes('email')
  if (byUsername && byEmail) return 'username_email'
  if (byUsername) return 'username'
  return byEmail ? 'email' : undefined
}

function describeMfa(ctx: Exchange) {
  const { settings } = ctx.server
  const { mfa } = settings
  return {
    supported_types: mfa.supportedTypes,
    passkey_login_enabled: mfa.passkeyLoginEnabled && isMfaOn(settings, 'webauthn'),
  }
}

function describeUsersessions(ctx: Exchange) {
  return { track_activity: ctx.server.settings.usersessions.trackActivity }
}
