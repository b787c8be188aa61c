import type { CodeShape, Portal, SignupField } from '@latchkey/contract'
import type { Server } from '../exchange.ts'
import type { Policy } from '../passwords/policy.ts'
import type { PolicyViolation } from '../passwords/rule.ts'
import type { CodeFormat } from '../settings/code-format.ts'
import { isMfaOn } from '../settings/mfa-on.ts'
import type { AccountSettings, PortalSettings, Settings } from '../settings/settings.ts'

/** What pages show, beside what the configuration tells. */
export function describePortal({ settings, policy }: Server): Portal {
  const { account, mfa, portal, server, socialaccount } = settings
  const { maxEmailAddresses } = account
  const asksForPhone = account.signupFields.phone !== 'absent'
  return {
    name: portal.name ?? server.siteName,
    ...describeLinks(portal),
    languages: [...new Set([server.languageCode, ...server.languages])],
    signup_fields: describeSignupFields(account),
    password_min_length: fewestCharacters(policy),
    username_min_length: account.usernameMinLength,
    email_verification: account.emailVerification,
    changes_email: account.changeEmail,
    ...(maxEmailAddresses !== null && { max_email_addresses: maxEmailAddresses }),
    has_usernames: account.userModelUsernameField !== null,
    has_phone_numbers:
      !socialaccount.only && (asksForPhone || account.loginMethods.includes('phone')),
    has_passwords: !socialaccount.only,
    login_by_code_methods: loginByCodeMethods(account),
    login_code: shapeOf(account.loginByCodeFormat),
    email_verification_code: shapeOf(account.emailVerificationByCodeFormat),
    phone_verification_code: shapeOf(account.phoneVerificationCodeFormat),
    password_reset_code: shapeOf(account.passwordResetByCodeFormat),
    login_by_code_supports_resend: account.loginByCodeSupportsResend > 0,
    email_verification_supports_resend: account.emailVerificationSupportsResend > 0,
    email_verification_supports_change: account.emailVerificationSupportsChange > 0,
    phone_verification_supports_resend: account.phoneVerificationSupportsResend > 0,
    phone_verification_supports_change: account.phoneVerificationSupportsChange > 0,
    totp_digits: mfa.totpDigits,
    passkey_signup_enabled: mfa.passkeySignupEnabled,
    recovery_codes_enabled: isMfaOn(settings, 'recovery_codes'),
    recovery_codes_show_once: mfa.recoveryCodesShowOnce,
    trust_enabled: isTrustOn(settings),
    can_delete_account: account.deletionEnabled,
    can_export_account: account.exportEnabled,
  }
}

type Links = Pick<
  Portal,
  'logo_url' | 'terms_url' | 'privacy_url' | 'support_url' | 'after_login_url'
>

function describeLinks({
  logoUrl,
  termsUrl,
  privacyUrl,
  supportUrl,
  afterLoginUrl,
}: PortalSettings): Links {
  return {
    ...(logoUrl !== null && { logo_url: logoUrl }),
    ...(termsUrl !== null && { terms_url: termsUrl }),
    ...(privacyUrl !== null && { privacy_url: privacyUrl }),
    ...(supportUrl !== null && { support_url: supportUrl }),
    ...(afterLoginUrl !== null && { after_login_url: afterLoginUrl }),
  }
}

/** The API has one password, which the settings call the first. */
function describeSignupFields({ signupFields }: AccountSettings): SignupField[] {
  const fields = [
    ['email', signupFields.email],
    ['email2', signupFields.email2],
    ['username', signupFields.username],
    ['phone', signupFields.phone],
    ['password', signupFields.password1],
    ['password2', signupFields.password2],
  ] as const
  return fields
    .filter(([, use]) => use !== 'absent')
    .map(([name, use]) => ({ name, is_required: use === 'required' }))
}

/** What the rules find long enough: each that does not says how long it would have to be. */
function fewestCharacters(policy: Policy, length = 1): number {
  const isShort = ({ code }: PolicyViolation) => code === 'password_too_short'
  const asked = policy.check('x'.repeat(length)).find(isShort)?.params.min_length
  return asked === undefined ? length : fewestCharacters(policy, Number(asked))
}

/** By phone where people log in by it, by mail unless that is all they log in by. */
function loginByCodeMethods(account: AccountSettings): ('email' | 'phone')[] {
  if (!account.loginByCodeEnabled) return []
  const byEmail = account.loginMethods.some((method) => method !== 'phone')
  const byPhone = account.loginMethods.includes('phone')
  return [...(byEmail ? (['email'] as const) : []), ...(byPhone ? (['phone'] as const) : [])]
}

function isTrustOn(settings: Settings): boolean {
  const { account, mfa } = settings
  return isMfaOn(settings) && (mfa.trustEnabled || account.loginByCodeTrustEnabled)
}

function shapeOf({ length, numeric }: CodeFormat): CodeShape {
  return { length, is_numeric: numeric }
}
