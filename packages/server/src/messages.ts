import { type MailTemplate, renderMail, renderSms, type SmsTemplate } from './delivery/render.ts'
import type { MailParams, SmsParams } from './delivery/templates/params.ts'
import type { Exchange } from './exchange.ts'

/** Queues a mail: it is written together with what causes it, and sent after the answer. */
export function queueMail<T extends MailTemplate>(
  ctx: Exchange,
  to: string,
  template: T,
  params: MailParams[T],
): void {
  const mail = renderMail(template, params, ctx.server.settings.server)
  ctx.pending.messages.push({ kind: 'mail', mail: { to, ...mail } })
}

/** Queues a text message, as `queueMail` does. */
export function queueSms<T extends SmsTemplate>(
  ctx: Exchange,
  phone: string,
  template: T,
  params: SmsParams[T],
): void {
  const sms = renderSms(template, params, ctx.server.settings.server)
  ctx.pending.messages.push({ kind: 'sms', sms: { phone, ...sms } })
}
