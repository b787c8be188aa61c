import type { KeptMessage } from './memory.ts'
import { codeLike } from './templates/plain-text.ts'

/** One message as the development mailbox shows it. */
export interface MailboxEntry {
  id: string
  kind: 'mail' | 'sms'
  to: string
  /** Empty for a text message. */
  subject: string
  text: string
  html?: string
  /** The code that stands alone on a line, or that the text message carries. */
  code?: string
  /** The link that stands alone on a line. */
  link?: string
  /** The key that stands alone on a line, or at the end of the path of the link. */
  key?: string
  /** ISO 8601. */
  at: string
}

const keyLike = /^[\w.:~%=-]{16,}$/

/** Finds what a reader of the message would use: its code, its link or its key. */
export function toMailboxEntry({ id, at, message }: KeptMessage): MailboxEntry {
  const time = new Date(at).toISOString()
  if (message.kind === 'sms') {
    const { phone, text, code } = message.sms
    return { id, kind: 'sms', to: phone, subject: '', text, ...(code && { code }), at: time }
  }
  const { to, subject, text, html } = message.mail
  const lines = text.split('\n').map((line) => line.trim())
  const code = lines.find((line) => codeLike.test(line))
  const link = lines.find((line) => /^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(line))
  const key = lines.find((line) => keyLike.test(line) && line !== code) ?? keyOf(link)
  return {
    id,
    kind: 'mail',
    to,
    subject,
    text,
    html,
    ...(code && { code }),
    ...(link && { link }),
    ...(key && { key }),
    at: time,
  }
}

/** What a page of the front end reads off its own address, for those who have no such page. */
function keyOf(link: string | undefined): string | undefined {
  const last =
    URL.parse(link ?? '')
      ?.pathname.split('/')
      .at(-1) ?? ''
  return keyLike.test(last) ? decodeURIComponent(last) : undefined
}
