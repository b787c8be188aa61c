import { type Block, code, link, type MailContent, say } from '../content.ts'
import type { Site } from '../locale.ts'
import type { MailParams } from '../params.ts'
import { inMinutes } from './phrases.ts'

const nothingHappens = say(
  'If you did not ask for this, you can ignore this message: nothing will happen.',
)

/** Asks to confirm an address by a link or, where no page is configured, by a key. */
export function emailConfirmation(
  { email, url, key, isSignup }: MailParams['email_confirmation'],
  site: Site,
): MailContent {
  return {
    title: 'Confirm your email address',
    blocks: [whyConfirm(email, isSignup, site), ...confirmBy(url, key), nothingHappens],
  }
}

/** Asks to confirm an address by a code. */
export function emailVerificationCode(
  { email, code: secret, minutes, isSignup }: MailParams['email_verification_code'],
  site: Site,
): MailContent {
  return {
    title: 'Your confirmation code',
    blocks: [
      whyConfirm(email, isSignup, site),
      say('To confirm it, enter this code:'),
      code(secret),
      say(`The code works for ${inMinutes(minutes)}.`),
      nothingHappens,
    ],
  }
}

function whyConfirm(email: string, isSignup: boolean, { siteName }: Site): Block {
  return isSignup
    ? say(`Welcome to ${siteName}. You signed up with ${email}; please confirm that it is yours.`)
    : say(`Somebody, probably you, wants to use ${email} for an account at ${siteName}.`)
}

function confirmBy(url: string | undefined, key: string | undefined): Block[] {
  if (url) return link(url, 'Confirm this address')
  return key ? [say('To confirm it, enter this key:'), code(key)] : []
}
