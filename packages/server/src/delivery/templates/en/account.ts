import { code, link, type MailContent, say } from '../content.ts'
import type { Site } from '../locale.ts'
import type { MailParams } from '../params.ts'
import { inMinutes } from './phrases.ts'

/** Somebody tried to sign up with an address that has an account. */
export function accountAlreadyExists(
  { email, resetUrl }: MailParams['account_already_exists'],
  { siteName }: Site,
): MailContent {
  return {
    title: 'You already have an account',
    blocks: [
      say(`Somebody, probably you, tried to sign up at ${siteName} with ${email}.`),
      say('There is an account with this address already, so you can simply sign in.'),
      say('If you have forgotten your password, you can ask for a new one.'),
      ...link(resetUrl, 'Reset your password'),
      say('If it was not you, you need not do anything. Your account is as it was.'),
    ],
  }
}

/** Somebody asked for a login code or a password reset; there is no account. */
export function unknownAccount(
  { email, signupUrl }: MailParams['unknown_account'],
  { siteName }: Site,
): MailContent {
  return {
    title: 'There is no account with this address',
    blocks: [
      say(`Somebody, probably you, tried to get into an account at ${siteName} with ${email}.`),
      say('No account has this address. Maybe you signed up with another one.'),
      ...link(signupUrl, 'Sign up'),
      say('If it was not you, you can ignore this message.'),
    ],
  }
}

/** Carries a code to sign in with. */
export function loginCode(
  { code: secret, minutes }: MailParams['login_code'],
  { siteName }: Site,
): MailContent {
  return {
    title: 'Your login code',
    blocks: [
      say(`To sign in at ${siteName}, enter this code:`),
      code(secret),
      say(`The code works once, for ${inMinutes(minutes)}. Do not give it to anybody.`),
      say('If you did not ask for it, you can ignore this message.'),
    ],
  }
}
