import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail as it arrived. */
interface ReceivedMail {
  from: string
  to: string[]
  raw: string
  headers: Map<string, string>
}

/** A real SMTP server that keeps what it receives. */
export interface SmtpSink {
  port: number
  url: string
  received: ReceivedMail[]
  stop(): Promise<void>
}

export async function startSmtpSink(
  options: SMTPServerOptions & { port?: number } = {},
): Promise<SmtpSink> {
  const received: ReceivedMail[] = []
  const { port: wanted = 0, ...rest } = options
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 50,
    logger: false,
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('latin1')
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map((each) => each.address),
          raw,
          headers: parseHeaders(raw),
        })
        callback()
      })
    },
    ...rest,
  })
  // A client that goes away in the middle is no error of a test.
  server.on('error', () => {})
  const listener = server.listen(wanted, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    received,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The subjects in the order in which they came. */
export function subjects(sink: SmtpSink): (string | undefined)[] {
  return sink.received.map((mail) => mail.headers.get('subject'))
}

function parseHeaders(raw: string): Map<string, string> {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
  const lines = head.split('\r\n').map((line) => line.split(/:\s*(.*)/s))
  return new Map(lines.map(([name = '', value = '']) => [name.toLowerCase(), value]))
}
