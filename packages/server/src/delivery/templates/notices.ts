import { type MailContent, type MailTemplates, say } from './content.ts'
import { describeDevice } from './device.ts'
import { atTime } from './format.ts'
import { isolate } from './isolate.ts'
import type { MailParams, Origin } from './params.ts'
import { quote } from './quote.ts'
import type { Advice, NoticeName, Words } from './words.ts'

/** Tell of changes that matter to the safety of an account. */
export const noticeTemplates: Pick<MailTemplates, NoticeName> = {
  password_changed: notice('password_changed', 'resetPassword', plain),
  password_set: notice('password_set', 'resetPassword', plain),
  password_reset: notice('password_reset', 'secureMailbox', plain),
  email_added: notice('email_added', 'checkAccount', withEmail),
  email_removed: notice('email_removed', 'checkAccount', withEmail),
  email_changed: notice('email_changed', 'checkAccount', ({ from, to }) => ({
    from: isolate(from),
    to: isolate(to),
  })),
  email_confirmed: notice('email_confirmed', 'checkAccount', withEmail),
  phone_changed: notice('phone_changed', 'checkAccount', plain),
  totp_activated: notice('totp_activated', 'checkAccount', plain),
  totp_deactivated: notice('totp_deactivated', 'checkAccount', plain),
  recovery_codes_generated: notice('recovery_codes_generated', 'setNewPassword', plain),
  webauthn_added: notice('webauthn_added', 'checkAccount', withName),
  webauthn_removed: notice('webauthn_removed', 'checkAccount', withName),
  account_connected: notice('account_connected', 'checkAccount', withProvider),
  account_disconnected: notice('account_disconnected', 'checkAccount', withProvider),
  account_deleted: notice('account_deleted', 'guardMailbox', plain),
}

/** What stands among the words of a notice, beside the site. */
type Values<Name extends NoticeName> = Omit<Parameters<Words['notices'][Name]['what']>[0], 'site'>

function plain(): object {
  return {}
}

function withEmail({ email }: { email: string }) {
  return { email: isolate(email) }
}

function withName({ name }: { name: string }, words: Words) {
  return { name: quote(name, words) }
}

function withProvider({ provider }: { provider: string }) {
  return { provider: isolate(provider) }
}

function notice<Name extends NoticeName>(
  name: Name,
  advice: keyof Advice,
  valuesOf: (params: MailParams[Name], words: Words) => Values<Name>,
): (params: MailParams[Name], words: Words, site: string) => MailContent {
  return (params, words, site) => {
    const { title, what } = words.notices[name]
    return {
      title,
      blocks: [
        // Its own values and the site are all that a notice's words have.
        say(what({ ...valuesOf(params, words), site } as never)),
        { kind: 'facts', facts: originFacts(params, words) },
        say(words.itWasYou),
        say(words.advice[advice]),
      ],
    }
  }
}

function originFacts({ ip, userAgent, at }: Origin, words: Words): [string, string][] {
  const { when, address, device, notKnown } = words.origin
  // Whatever is not an address is left out, or it could say anything.
  const isAddress = /^[\da-f.:]{2,45}$/i.test(ip)
  return [
    [when, atTime(at, words.language)],
    [address, isAddress ? isolate(ip) : notKnown],
    [device, deviceName(userAgent, words) ?? notKnown],
  ]
}

function deviceName(userAgent: string, { origin }: Words): string | undefined {
  const found = describeDevice(userAgent)
  const isNamed = found.app !== undefined && found.app !== 'Browser'
  const app = isNamed ? isolate(found.app ?? '') : found.app && origin.browser
  const system = found.system && isolate(found.system)
  return app && system ? origin.appOn({ app, system }) : (app ?? system)
}
