import type { AuthenticatorType } from '../settings/mfa.ts'
import type { Facts } from './facts.ts'

/** Parts of the contract that only occur where something is on. */
interface Condition {
  /** Below `components`. What refers to a component goes with it. */
  parts: readonly string[]
  holds(facts: Facts): boolean
}

const responseExample = (name: string, example: string) =>
  `responses/${name}/content/application~1json/examples/${example}`

export const conditions: readonly Condition[] = [
  {
    parts: [
      'parameters/SessionToken',
      'responses/SessionGone',
      'schemas/SessionMeta',
      'schemas/SessionToken',
    ],
    holds: ({ takes }) => takes('app'),
  },
  {
    parts: [
      'schemas/SessionMeta/properties/access_token',
      'schemas/SessionMeta/properties/refresh_token',
    ],
    holds: ({ hasTokens }) => hasTokens,
  },
  {
    parts: ['schemas/Username'],
    holds: ({ settings }) => settings.account.userModelUsernameField !== null,
  },
  {
    parts: ['schemas/SocialAccountConfiguration'],
    holds: ({ hasApp }) => hasApp('allauth.socialaccount'),
  },
  {
    // Sessions remember who came from a provider that has left the settings.
    parts: ['schemas/ProviderMethod'],
    holds: ({ hasApp }) => hasApp('allauth.socialaccount'),
  },
  {
    parts: ['schemas/ProviderMethod/properties/reauthenticated'],
    holds: ({ settings }) => settings.socialaccount.reauthenticationEnabled,
  },
  {
    parts: ['schemas/Flow/properties/providers', 'schemas/Flow/properties/provider'],
    holds: ({ apps }) => apps.length > 0,
  },
  {
    parts: ['schemas/UserSessionsConfiguration'],
    holds: ({ hasApp }) => hasApp('allauth.usersessions'),
  },
  {
    parts: ['schemas/Session/properties/last_seen_at'],
    holds: ({ settings }) => settings.usersessions.trackActivity,
  },
  {
    parts: ['schemas/CodeMethod'],
    holds: ({ serves }) => serves('confirmLoginCode'),
  },
  {
    parts: ['schemas/PasswordResetMethod'],
    holds: ({ serves }) => serves('resetPassword'),
  },
  {
    parts: ['schemas/MfaConfiguration', 'schemas/FactorMethod', 'schemas/Flow/properties/types'],
    holds: ({ hasMfa }) => hasMfa,
  },
  {
    parts: ['schemas/AccountExport/properties/authenticators'],
    holds: ({ hasMfa }) => hasMfa,
  },
  { parts: ['schemas/TotpAuthenticator'], holds: hasType('totp') },
  { parts: ['schemas/RecoveryCodesAuthenticator'], holds: hasType('recovery_codes') },
  { parts: ['schemas/WebAuthnAuthenticator'], holds: hasType('webauthn') },
  {
    parts: [responseExample('Refused', 'password')],
    holds: ({ settings, serves }) =>
      serves('logIn') && settings.account.loginMethods.includes('email'),
  },
  {
    parts: [responseExample('Unauthenticated', 'verification')],
    holds: ({ settings }) => settings.account.emailVerification === 'mandatory',
  },
]

/** The JSON pointers of the parts that cannot occur. */
export function absentParts(facts: Facts): Set<string> {
  const absent = conditions.filter(({ holds }) => !holds(facts))
  return new Set(absent.flatMap(({ parts }) => parts.map((part) => `/components/${part}`)))
}

function hasType(type: AuthenticatorType) {
  return (facts: Facts) => authenticatorTypes(facts).includes(type)
}

/** The kinds that users can have. Without any, what is stored from before may be of every kind. */
export function authenticatorTypes({ settings }: Facts): readonly AuthenticatorType[] {
  const { supportedTypes } = settings.mfa
  return supportedTypes.length > 0 ? supportedTypes : ['recovery_codes', 'totp', 'webauthn']
}
