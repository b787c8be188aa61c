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

/** Whose account it is, as the notice needs to know it. */
interface Owner {
  /** Null where there is no address to write to. */
  email: string | null
  language: string | null
}

/** Mails a security notice, where the settings ask for them. */
export function notify<T extends Notice>(
  ctx: Exchange,
  owner: Owner | null,
  template: T,
  params: OwnParams<T>,
): void {
  if (!owner?.email || !ctx.server.settings.account.emailNotifications) return
  const { ip, userAgent } = ctx.request
  const origin = { ip, userAgent, at: new Date(ctx.server.now()) }
  // Its own members and the three of every notice are all that a notice's params have.
  const { email: to, language } = owner
  queueMail(ctx, { to, language }, template, { ...params, ...origin } as MailParams[T])
}
