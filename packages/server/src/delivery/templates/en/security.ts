import { type MailContent, quote, say } from '../content.ts'
import { describeDevice } from '../device.ts'
import type { MailTemplates, Site } from '../locale.ts'
import type { MailParams, Origin } from '../params.ts'
import { atTime } from './phrases.ts'

type NoticeName = {
  [Name in keyof MailParams]: MailParams[Name] extends Origin ? Name : never
}[keyof MailParams]

const setNewPassword =
  'If it was not you, somebody else may be in your account: set a new password at once.'
const resetPassword =
  'If it was not you, somebody else has your account: reset your password at once.'
const checkAccount =
  'If it was not you, sign in, undo the change and set a new password at once. If you cannot get in any more, ask for help.'

/** Tells of changes that matter to the safety of an account. */
export const securityNotices: Pick<MailTemplates, NoticeName> = {
  password_changed: notice({
    title: 'Your password was changed',
    what: (_, site) => `The password of your account at ${site} was changed.`,
    advice: resetPassword,
  }),
  password_set: notice({
    title: 'A password was set',
    what: (_, site) => `Your account at ${site} can now be used with a password.`,
    advice: resetPassword,
  }),
  password_reset: notice({
    title: 'Your password was reset',
    what: (_, site) => `The password of your account at ${site} was reset by way of email.`,
    advice:
      'If it was not you, somebody else may read your mail: secure your mailbox first, then reset your password again.',
  }),
  email_added: notice<Origin & { email: string }>({
    title: 'An email address was added',
    what: ({ email }, site) => `The address ${email} was added to your account at ${site}.`,
    advice: checkAccount,
  }),
  email_removed: notice<Origin & { email: string }>({
    title: 'An email address was removed',
    what: ({ email }, site) => `The address ${email} was removed from your account at ${site}.`,
    advice: checkAccount,
  }),
  email_changed: notice<Origin & { from: string; to: string }>({
    title: 'Your email address was changed',
    what: ({ from, to }, site) =>
      `The address of your account at ${site} was changed from ${from} to ${to}.`,
    advice: checkAccount,
  }),
  email_confirmed: notice<Origin & { email: string }>({
    title: 'Your email address was confirmed',
    what: ({ email }, site) => `The address ${email} was confirmed for your account at ${site}.`,
    advice: checkAccount,
  }),
  phone_changed: notice({
    title: 'Your phone number was changed',
    what: (_, site) => `The phone number of your account at ${site} was changed.`,
    advice: checkAccount,
  }),
  totp_activated: notice({
    title: 'Two-step login was turned on',
    what: (_, site) => `An authenticator app now guards your account at ${site}.`,
    advice: checkAccount,
  }),
  totp_deactivated: notice({
    title: 'Two-step login was turned off',
    what: (_, site) => `The authenticator app no longer guards your account at ${site}.`,
    advice: checkAccount,
  }),
  recovery_codes_generated: notice({
    title: 'New recovery codes were made',
    what: (_, site) =>
      `Your account at ${site} has new recovery codes. The ones before do not work any more.`,
    advice: setNewPassword,
  }),
  webauthn_added: notice<Origin & { name: string }>({
    title: 'A security key was added',
    what: ({ name }, site) =>
      `The security key or passkey ${quote(name)} was added to your account at ${site}.`,
    advice: checkAccount,
  }),
  webauthn_removed: notice<Origin & { name: string }>({
    title: 'A security key was removed',
    what: ({ name }, site) =>
      `The security key or passkey ${quote(name)} was removed from your account at ${site}.`,
    advice: checkAccount,
  }),
  account_connected: notice<Origin & { provider: string }>({
    title: 'A way to sign in was added',
    what: ({ provider }, site) =>
      `You can now sign in to your account at ${site} with ${provider}.`,
    advice: checkAccount,
  }),
  account_disconnected: notice<Origin & { provider: string }>({
    title: 'A way to sign in was removed',
    what: ({ provider }, site) =>
      `You can no longer sign in to your account at ${site} with ${provider}.`,
    advice: checkAccount,
  }),
  account_deleted: notice({
    title: 'Your account was deleted',
    what: (_, site) =>
      `Your account at ${site} was deleted, with everything that belonged to it. This cannot be undone.`,
    advice:
      'If it was not you, somebody else was in your account: make sure that nobody else reads your mail, and ask for help.',
  }),
}

function notice<Params extends Origin = Origin>({
  title,
  what,
  advice,
}: {
  title: string
  what: (params: Params, siteName: string) => string
  advice: string
}): (params: Params, site: Site) => MailContent {
  return (params, { siteName }) => ({
    title,
    blocks: [
      say(what(params, siteName)),
      { kind: 'facts', facts: originFacts(params) },
      say('If it was you, you need not do anything.'),
      say(advice),
    ],
  })
}

function originFacts({ ip, userAgent, at }: Origin): [string, string][] {
  const { app, system } = describeDevice(userAgent)
  const device = app && system ? `${app} on ${system}` : (app ?? system ?? 'not known')
  // Whatever is not an address is left out, or it could say anything.
  const address = /^[\da-f.:]{2,45}$/i.test(ip) ? ip : 'not known'
  return [
    ['When', atTime(at)],
    ['Address', address],
    ['Device', device],
  ]
}
