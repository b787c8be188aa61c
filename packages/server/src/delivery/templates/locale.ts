import type { Sms } from '../messages.ts'
import type { MailContent } from './content.ts'
import type { MailParams, SmsParams } from './params.ts'

/** What every message says about its sender. */
export interface Site {
  /** As users know it, such as `Acme`. */
  siteName: string
}

/** One function for each mail. */
export type MailTemplates = {
  [Template in keyof MailParams]: (params: MailParams[Template], site: Site) => MailContent
}

/** One function for each text message. */
export type SmsTemplates = {
  [Template in keyof SmsParams]: (params: SmsParams[Template], site: Site) => Omit<Sms, 'phone'>
}

/** All words of one language. */
export interface Locale {
  /** The language tag (BCP 47). */
  language: string
  mails: MailTemplates
  sms: SmsTemplates
  /** What stands below every mail. */
  footer: (site: Site) => string
}
