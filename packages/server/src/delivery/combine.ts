import type { Attempt, MailTransport, SmsTransport } from './messages.ts'

const rememberedMessages = 1000

interface Transport<T> {
  send(message: T, attempt?: Attempt): Promise<void>
  close(): Promise<void>
}

/** Sends each mail by several transports. A repeat goes only to those that have not accepted it. */
export function combineMail(...transports: MailTransport[]): MailTransport {
  return combine(transports)
}

/** Sends each text message by several transports, as `combineMail` does. */
export function combineSms(...transports: SmsTransport[]): SmsTransport {
  return combine(transports)
}

function combine<T>(transports: readonly Transport<T>[]): Transport<T> {
  const acceptedBy = new Map<string, ReadonlySet<Transport<T>>>()

  return {
    async send(message, attempt) {
      const before = acceptedBy.get(attempt?.id ?? '') ?? new Set()
      const open = transports.filter((transport) => !before.has(transport))
      const results = await Promise.allSettled(open.map((each) => each.send(message, attempt)))
      const failed = results.find((result) => result.status === 'rejected')
      if (!attempt) {
        if (failed) throw failed.reason
        return
      }
      acceptedBy.delete(attempt.id)
      if (!failed) return
      const now = open.filter((_, index) => results[index]?.status === 'fulfilled')
      remember(attempt.id, new Set([...before, ...now]))
      throw failed.reason
    },
    async close() {
      await Promise.all(transports.map((transport) => transport.close()))
    },
  }

  function remember(id: string, accepted: ReadonlySet<Transport<T>>): void {
    const [oldest] = acceptedBy.keys()
    if (oldest !== undefined && acceptedBy.size >= rememberedMessages) acceptedBy.delete(oldest)
    acceptedBy.set(id, accepted)
  }
}
