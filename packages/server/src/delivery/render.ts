import type { Language } from '../settings/languages.ts'
import type { Mail, Sms } from './messages.ts'
import { toOneLine } from './one-line.ts'
import { isolate, withoutMarks } from './templates/isolate.ts'
import { wordsOf } from './templates/languages/all.ts'
import { layOut } from './templates/layout.ts'
import { mailTemplates } from './templates/mails.ts'
import type { MailParams, SmsParams } from './templates/params.ts'
import type { Site } from './templates/site.ts'
import { smsTemplates } from './templates/texts.ts'

/** The names of the mails. */
export type MailTemplate = keyof MailParams
/** The names of the text messages. */
export type SmsTemplate = keyof SmsParams
export type { MailParams, Site, SmsParams }

/** Who writes, and in which language; English where none is named. */
export interface Sender extends Site {
  language?: Language
}

/** Writes a mail: everything but whom it goes to. */
export function renderMail<Template extends MailTemplate>(
  template: Template,
  params: MailParams[Template],
  { language = 'en', ...site }: Sender,
): Omit<Mail, 'to'> {
  const words = wordsOf[language]
  const name = isolate(site.siteName)
  const content = mailTemplates[template](params, words, name)
  return layOut(content, site, { words, footer: words.footer({ site: name }) })
}

/** Writes a text message: everything but whom it goes to. */
export function renderSms<Template extends SmsTemplate>(
  template: Template,
  params: SmsParams[Template],
  { language = 'en', siteName }: Sender,
): Omit<Sms, 'phone'> {
  const words = wordsOf[language]
  const { code, text } = smsTemplates[template](params, words, isolate(siteName))
  const line = toOneLine(words.isRightToLeft ? text : withoutMarks(text))
  return { code, text: line, language }
}
