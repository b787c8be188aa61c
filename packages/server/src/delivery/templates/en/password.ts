import { type Block, code, link, type MailContent, quote, say } from '../content.ts'
import type { Site } from '../locale.ts'
import type { MailParams } from '../params.ts'
import { inDays, inMinutes } from './phrases.ts'

const title = 'Reset your password'

const nothingHappens = say(
  'If you did not ask for this, you can ignore this message: your password stays as it is.',
)

/** Carries a link, or a key where no page is configured, to set a new password with. */
export function passwordResetLink(
  { url, key, username, days }: MailParams['password_reset_link'],
  { siteName }: Site,
): MailContent {
  const blocks = [
    say(`Somebody, probably you, asked for a new password at ${siteName}.`),
    ...(username ? [say(`Your username is ${quote(username)}.`)] : []),
    ...resetBy(url, key),
    ...(url || key ? [say(`This works once, for ${inDays(days)}.`)] : []),
    nothingHappens,
  ]
  return { title, blocks }
}

/** Carries a code to set a new password with. */
export function passwordResetCode(
  { code: secret, minutes }: MailParams['password_reset_code'],
  { siteName }: Site,
): MailContent {
  const blocks = [
    say(`Somebody, probably you, asked for a new password at ${siteName}. Enter this code:`),
    code(secret),
    say(`The code works once, for ${inMinutes(minutes)}. Do not give it to anybody.`),
    nothingHappens,
  ]
  return { title, blocks }
}

function resetBy(url: string | undefined, key: string | undefined): Block[] {
  if (url) return link(url, 'Set a new password')
  return key ? [say('To set a new password, enter this key:'), code(key)] : []
}
