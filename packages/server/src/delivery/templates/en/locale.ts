import type { Locale } from '../locale.ts'
import { accountAlreadyExists, loginCode, unknownAccount } from './account.ts'
import { emailConfirmation, emailVerificationCode } from './email.ts'
import { passwordResetCode, passwordResetLink } from './password.ts'
import { securityNotices } from './security.ts'
import { smsTexts } from './sms.ts'

/** English. */
export const english: Locale = {
  language: 'en',
  mails: {
    email_confirmation: emailConfirmation,
    email_verification_code: emailVerificationCode,
    account_already_exists: accountAlreadyExists,
    unknown_account: unknownAccount,
    login_code: loginCode,
    password_reset_link: passwordResetLink,
    password_reset_code: passwordResetCode,
    ...securityNotices,
  },
  sms: smsTexts,
  footer: ({ siteName }) =>
    `${siteName} sent this message automatically. Replies to it are not read.`,
}
