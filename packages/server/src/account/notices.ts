import type { MailParams } from '../delivery/templates/params.ts'
import type { Exchange } from '../exchange.ts'
import { queueMail } from '../messages.ts'

/** The mails that tell the owner of a change, and from where it was made. */
type Notice = {
  [T in keyof MailParams]: MailParams[T] extends { ip: string; userAgent: string; at: Date }
    ? T
    : never
}[keyof MailParams]

type OwnParams<T extends Notice> = Omit<MailParams[T], 'ip' | 'userAgent' | 'at'>

/** Mails a security notice, where the settings ask for them. */
export function notify<T extends Notice>(
  ctx: Exchange,
  to: string | null | undefined,
  template: T,
  params: OwnParams<T>,
): void {
  if (!to || !ctx.server.settings.account.emailNotifications) return
  const { ip, userAgent } = ctx.request
  const origin = { ip, userAgent, at: new Date(ctx.server.now()) }
  // Its own members and the three of every notice are all that a notice's params have.
  queueMail(ctx, to, template, { ...params, ...origin } as MailParams[T])
}
