import type { Mail, Sms } from './messages.ts'
import { toOneLine } from './one-line.ts'
import { english } from './templates/en/locale.ts'
import { layOut } from './templates/layout.ts'
import type { Site } from './templates/locale.ts'
import type { MailParams, SmsParams } from './templates/params.ts'

/** The names of the mails. */
export type MailTemplate = keyof MailParams
/** The names of the text messages. */
export type SmsTemplate = keyof SmsParams
export type { MailParams, Site, SmsParams }

const locale = english

/** Writes a mail: everything but whom it goes to. */
export function renderMail<Template extends MailTemplate>(
  template: Template,
  params: MailParams[Template],
  site: Site,
): Omit<Mail, 'to'> {
  return layOut(locale.mails[template](params, site), site, locale)
}

/** Writes a text message: everything but whom it goes to. */
export function renderSms<Template extends SmsTemplate>(
  template: Template,
  params: SmsParams[Template],
  site: Site,
): Omit<Sms, 'phone'> {
  const { code, text } = locale.sms[template](params, site)
  return { code, text: toOneLine(text) }
}
