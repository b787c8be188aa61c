import { randomUUID } from 'node:crypto'
import { SettingsError } from '../settings/settings-error.ts'
import { type Attempt, DeliveryError, type Mail, type MailTransport } from './messages.ts'
import { toOneLine } from './one-line.ts'
import { classifySmtpError } from './smtp-error.ts'

const timeoutMs = 10_000

// One address and nothing that could start a second one. Quoted local parts are refused.
const bareAddress = /^[^\s\p{Cc}<>()[\],;:"\\@]+@([^\s\p{Cc}<>()[\],;:"\\@]+|\[[\da-z.:]+\])$/iu

export interface SmtpOptions {
  /**
   * `smtp://` (STARTTLS where the server offers it) or `smtps://` (TLS from the start), with
   * `user:password@` where the server asks for it. Options of nodemailer can follow as a query, such
   * as `?requireTLS=true`.
   */
  url: string
  /** The sender: `noreply@example.org` or `Acme <noreply@example.org>`. */
  from: string
  /** The sender's name where `from` has none. */
  siteName: string
}

/**
 * Sends mail by SMTP over a few kept connections. Connects at the first mail.
 * @throws SettingsError if the URL or the sender cannot be used.
 */
export function createSmtpTransport({ url, from, siteName }: SmtpOptions): MailTransport {
  checkUrl(url)
  const sender = parseSender(from, siteName)
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1)
  let connection: ReturnType<typeof connect> | undefined

  return {
    async send(mail, attempt) {
      const to = mail.to.trim()
      if (!bareAddress.test(to)) throw new DeliveryError('refused', 'invalid_address')
      connection ??= connect(url)
      try {
        const transporter = await connection
        await transporter.sendMail({
          ...compose(mail, attempt),
          from: sender,
          to: { name: '', address: to },
          envelope: { from: sender.address, to: [to] },
          messageId: `<${attempt?.id ?? randomUUID()}@${domain}>`,
        })
      } catch (error) {
        throw classifySmtpError(error)
      }
    },
    async close() {
      const transporter = await connection
      transporter?.close()
    },
  }
}

function compose(mail: Mail, attempt: Attempt | undefined) {
  return {
    subject: toOneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(attempt && { signal: attempt.signal }),
  }
}

async function connect(url: string) {
  // Loaded at the first mail, because loading takes 90 ms.
  const { createTransport } = await import('nodemailer')
  const options = {
    url,
    pool: true as const,
    maxConnections: 4,
    // Once, for a kept connection that the server has closed; all other repeats are the outbox's.
    maxRequeues: 1,
    idleTimeout: 30_000,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  }
  return createTransport(options)
}

function checkUrl(url: string): void {
  // The URL itself stays out of the message: it may hold a password.
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.hostname && (parsed.protocol === 'smtp:' || parsed.protocol === 'smtps:')) return
  throw new SettingsError(['SMTP_URL: expected smtp://host:port or smtps://host:port'])
}

function parseSender(from: string, siteName: string): { name: string; address: string } {
  const [, name = '', inBrackets] = /^([^<>]*)<([^<>]+)>\s*$/.exec(from) ?? []
  const address = (inBrackets ?? from).trim()
  if (!bareAddress.test(address)) {
    throw new SettingsError(['DEFAULT_FROM_EMAIL: expected an email address as the sender'])
  }
  const ownName = name.trim().replace(/^"(.*)"$/, '$1')
  return { name: toOneLine(ownName || siteName), address }
}
