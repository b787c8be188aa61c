import {
  type MailTemplate,
  renderMail,
  renderSms,
  type Sender,
  type SmsTemplate,
} from './delivery/render.ts'
import type { MailParams, SmsParams } from './delivery/templates/params.ts'
import type { Exchange } from './exchange.ts'
import { languageFor } from './users/language.ts'

/** Whom a message goes to. */
export interface Recipient {
  /** The address or number. */
  to: string
  /** What they have chosen; null where that is nothing, or nobody knows: then the request decides. */
  language: string | null
}

/** Queues a mail: it is written together with what causes it, and sent after the answer. */
export function queueMail<T extends MailTemplate>(
  ctx: Exchange,
  { to, language }: Recipient,
  template: T,
  params: MailParams[T],
): void {
  const mail = renderMail(template, params, senderOf(ctx, language))
  ctx.pending.messages.push({ kind: 'mail', mail: { to, ...mail } })
}

/** Queues a text message, as `queueMail` does. */
export function queueSms<T extends SmsTemplate>(
  ctx: Exchange,
  { to, language }: Recipient,
  template: T,
  params: SmsParams[T],
): void {
  const sms = renderSms(template, params, senderOf(ctx, language))
  ctx.pending.messages.push({ kind: 'sms', sms: { phone: to, ...sms } })
}

function senderOf(ctx: Exchange, chosen: string | null): Sender {
  const { account, server } = ctx.server.settings
  return {
    siteName: server.siteName,
    subjectPrefix: account.emailSubjectPrefix,
    language: languageFor(ctx, chosen),
  }
}
