import { type MfaTrustSettings, mfaTrustDefaults, mfaTrustParsers } from './mfa-trust.ts'
import type { Parser } from './parser.ts'
import { bool, filledText, listOf, oneOf, orNull, text, whole } from './parsers.ts'
import { appOrigin, domainName, httpsOrigin } from './webauthn.ts'

/** The kinds of second factor. */
export type AuthenticatorType = 'recovery_codes' | 'totp' | 'webauthn'

/** Second factors and passkeys. */
export interface MfaSettings extends MfaTrustSettings {
  /**
   * The second factors that users can set up: any of `totp`, `webauthn` and `recovery_codes`. The
   * paths of the others do not exist.
   * @defaultValue ['recovery_codes', 'totp']
   */
  supportedTypes: readonly AuthenticatorType[]
  /**
   * Lets users with an unverified address set up a second factor, and users with a second factor
   * add an address. Off: somebody else's address cannot be locked up that way.
   * @defaultValue false
   */
  allowUnverifiedEmail: boolean
  /**
   * Ends the other sessions of a user when a factor is added or removed. Off: a session that
   * somebody else has got hold of goes on without the new factor.
   * @defaultValue true
   */
  endOtherSessions: boolean
  /**
   * Lets users log in with a passkey alone. Needs `webauthn` in MFA_SUPPORTED_TYPES; without it the
   * value is false whatever is given.
   * @defaultValue false
   */
  passkeyLoginEnabled: boolean
  /**
   * Lets people sign up with a passkey in place of a password. Needs `webauthn` in
   * MFA_SUPPORTED_TYPES, and mandatory verification of a required address by code.
   * @defaultValue false
   */
  passkeySignupEnabled: boolean
  /**
   * The domain that passkeys and security keys are made for, without port. `null`: the host of
   * PUBLIC_URL, else the one that was asked. Set it where pages on several subdomains share the keys,
   * before the first key is made: those made for another domain stop working.
   * @defaultValue null
   */
  webauthnRpId: string | null
  /**
   * Origins of other sites, such as `https://example.de`, whose pages may use the keys of this one
   * (WebAuthn related origin requests). They are told to browsers at `/.well-known/webauthn`.
   * @defaultValue []
   */
  webauthnRelatedOrigins: readonly string[]
  /**
   * Origins of native apps that may use the keys: `android:apk-key-hash:` and the SHA-256 of the
   * signing certificate as base64url, or what an iOS app names besides the domain, such as
   * `ios:bundle-id:com.example.app`.
   * @defaultValue []
   */
  webauthnAppOrigins: readonly string[]
  /**
   * Accepts security keys from every page, be it without https or of another site.
   * @deprecated For local development only.
   * @defaultValue false
   */
  webauthnAllowInsecureOrigin: boolean
  /**
   * How many recovery codes a user gets, from 1 to 100.
   * @defaultValue 10
   */
  recoveryCodeCount: number
  /**
   * How many digits a recovery code has, from 6 to 32.
   * @defaultValue 8
   */
  recoveryCodeDigits: number
  /**
   * Shows recovery codes once: in the answer that made them, or where they came along with a factor, at
   * the first look. Off: users can look them up again after they authenticated.
   * @defaultValue false
   */
  recoveryCodesShowOnce: boolean
  /**
   * How long a code of an authenticator app holds, in seconds, from 1 to 300. Many apps only know
   * 30. Apps that were set up before go on with what they were set up with.
   * @defaultValue 30
   */
  totpPeriod: number
  /**
   * How many digits a code of an authenticator app has, from 6 to 8. Many apps only know 6. Apps that
   * were set up before go on with what they were set up with.
   * @defaultValue 6
   */
  totpDigits: number
  /**
   * How many periods a clock may be off, from 0 to 10: that many codes before and after the current
   * one are accepted.
   * @defaultValue 0
   */
  totpTolerance: number
  /**
   * What authenticator apps show beside the code. Empty: the site's name.
   * @defaultValue ''
   */
  totpIssuer: string
  /**
   * A code that passes in place of every code of an authenticator app. `null`: there is none.
   * @deprecated For local development only.
   * @defaultValue null
   */
  totpInsecureBypassCode: string | null
}

export const mfaDefaults: MfaSettings = {
  supportedTypes: ['recovery_codes', 'totp'],
  allowUnverifiedEmail: false,
  endOtherSessions: true,
  passkeyLoginEnabled: false,
  passkeySignupEnabled: false,
  webauthnRpId: null,
  webauthnRelatedOrigins: [],
  webauthnAppOrigins: [],
  webauthnAllowInsecureOrigin: false,
  recoveryCodeCount: 10,
  recoveryCodeDigits: 8,
  recoveryCodesShowOnce: false,
  totpPeriod: 30,
  totpDigits: 6,
  totpTolerance: 0,
  totpIssuer: '',
  totpInsecureBypassCode: null,
  ...mfaTrustDefaults,
}

export const mfaParsers = {
  supportedTypes: listOf(oneOf(['recovery_codes', 'totp', 'webauthn'])),
  allowUnverifiedEmail: bool,
  endOtherSessions: bool,
  passkeyLoginEnabled: bool,
  passkeySignupEnabled: bool,
  webauthnRpId: orNull(domainName),
  webauthnRelatedOrigins: listOf(httpsOrigin),
  webauthnAppOrigins: listOf(appOrigin),
  webauthnAllowInsecureOrigin: bool,
  recoveryCodeCount: whole(1, 100),
  recoveryCodeDigits: whole(6, 32),
  recoveryCodesShowOnce: bool,
  totpPeriod: whole(1, 300),
  totpDigits: whole(6, 8),
  totpTolerance: whole(0, 10),
  totpIssuer: text,
  totpInsecureBypassCode: orNull(filledText),
  ...mfaTrustParsers,
} satisfies { [K in keyof MfaSettings]: Parser<MfaSettings[K]> }
