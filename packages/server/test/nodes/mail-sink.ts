// A mail server that takes its time and keeps the times.
import { setTimeout as sleep } from 'node:timers/promises'
import { type SmtpSink, startSmtpSink } from '../../src/delivery/testing/smtp-sink.ts'

const slownessMs = 40

/** A mail as it came; times are of `performance.now()`. */
export interface Delivery {
  id: string
  to: string
  text: string
  startedAt: number
  /** When it was accepted. */
  endedAt: number
}

export interface MailSink {
  url: string
  deliveries: Delivery[]
  stop: SmtpSink['stop']
}

export async function startMailSink(): Promise<MailSink> {
  const deliveries: Delivery[] = []
  const { url, stop } = await startSmtpSink({
    onData(stream, session, callback) {
      const startedAt = performance.now()
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        await sleep(slownessMs)
        const text = Buffer.concat(chunks).toString('latin1')
        const [to] = session.envelope.rcptTo
        deliveries.push({
          id: /^message-id: (\S+)/im.exec(text)?.[1] ?? '',
          to: to?.address ?? '',
          text: text.replaceAll('=\r\n', '').replaceAll('\r\n', '\n').replaceAll('=3D', '='),
          startedAt,
          endedAt: performance.now(),
        })
        callback()
      })
    },
  })
  return { url, deliveries, stop }
}

/** Those that came more than once, by their Message-ID, in the order in which they came. */
export function repeated(deliveries: readonly Delivery[]): Delivery[][] {
  const groups = Map.groupBy(deliveries, ({ id }) => id)
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => group.toSorted((a, b) => a.startedAt - b.startedAt))
}
