import type { components } from './api.generated.ts'
import type { components as ownComponents } from './latchkey.generated.ts'

export type { components, operations, paths } from './api.generated.ts'
/** Of what Latchkey serves besides the headless API, below `/_latchkey/`. */
export type {
  components as latchkeyComponents,
  operations as latchkeyOperations,
  paths as latchkeyPaths,
} from './latchkey.generated.ts'

type Schemas = components['schemas']
type OwnSchemas = ownComponents['schemas']

/** A user, as the user may see it. */
export type User = Schemas['User']

/** A user that is about to be made from a provider account. */
export type ProspectiveUser = Schemas['ProspectiveUser']

/** Identifies a user. */
export type UserId = Schemas['UserId']

/** Something that the client can do, or has to do, to get further. */
export type Flow = Schemas['Flow']

/** Names a flow. */
export type FlowId = Schemas['FlowId']

/** A proof that the user gave in this session. */
export type AuthenticationMethod = Schemas['AuthenticationMethod']

/** One place where a user is signed in, as `listSessions` shows it. */
export type Session = Schemas['Session']

/** An address of a user. */
export type EmailAddress = Schemas['EmailAddress']

/** A phone number of a user. */
export type PhoneNumber = Schemas['PhoneNumber']

/** A provider that users can come from. */
export type Provider = Schemas['Provider']

/** A way to use a provider. */
export type ProviderFlow = Schemas['ProviderFlow']

/** A user's account at a provider. */
export type ProviderAccount = Schemas['ProviderAccount']

/** A second factor of a user. */
export type Authenticator = Schemas['Authenticator']

/** A kind of second factor. */
export type AuthenticatorType = Schemas['AuthenticatorType']

/** An authenticator app. */
export type TotpAuthenticator = Schemas['TotpAuthenticator']

/** A set of recovery codes, without the codes. */
export type RecoveryCodesAuthenticator = Schemas['RecoveryCodesAuthenticator']

/** A security key or passkey. */
export type WebAuthnAuthenticator = Schemas['WebAuthnAuthenticator']

/** A set of recovery codes, with the codes. */
export type RecoveryCodes = Schemas['RecoveryCodes']

/** What the browser needs to create a credential. */
export type CreationOptions = Schemas['CreationOptions']

/** What the browser needs to ask for a credential. */
export type RequestOptions = Schemas['RequestOptions']

/** What this server offers, by part. */
export type Configuration = Schemas['Configuration']

/** What a user can sign in with, beside the password. */
export type LoginMethod = Schemas['LoginMethod']

/** The body of `logIn`. */
export type Login = Schemas['Login']

/** The body of `signUp`. */
export type Signup = Schemas['Signup']

/** The answer 200 that tells who is signed in. */
export type AuthenticatedResponse = Schemas['AuthenticatedResponse']

/** The answer 401 to somebody who is not signed in. */
export type UnauthenticatedResponse = Schemas['UnauthenticatedResponse']

/** The answer 401 to somebody who has to prove their presence once more. */
export type ReauthenticationResponse = Schemas['ReauthenticationResponse']

/** The answer 410 to an app whose session is over. */
export type SessionGoneResponse = Schemas['SessionGoneResponse']

/** The answer 400 to input that was understood and declined. */
export type ErrorResponse = Schemas['ErrorResponse']

/** One thing that is wrong with the input. */
export type ApiError = Schemas['ApiError']

/** The answer to `getConfiguration`. */
export type ConfigurationResponse = Schemas['ConfigurationResponse']

/** The answer 200 to `getEmailVerification`. */
export type EmailVerificationResponse = Schemas['EmailVerificationResponse']

/** What sign-in and account pages show, beside the configuration. */
export type Portal = OwnSchemas['Portal']

/** Something that the sign-up form asks for. */
export type SignupField = OwnSchemas['SignupField']

/** What a code looks like that somebody has to type. */
export type CodeShape = OwnSchemas['CodeShape']

/** An account as a whole. */
export type Account = OwnSchemas['Account']

/** Everything that is stored about a user, without secrets. */
export type AccountExport = OwnSchemas['AccountExport']

/** Something that happened to an account. */
export type AccountEvent = OwnSchemas['AccountEvent']
