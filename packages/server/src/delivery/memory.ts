import { randomUUID } from 'node:crypto'
import type { MailTransport, MessageOf, SmsTransport } from './messages.ts'

const mostMessages = 200

/** A message that was kept instead of sent. */
export interface KeptMessage {
  id: string
  /** When it came, in milliseconds since 1970. */
  at: number
  message: MessageOf<'mail' | 'sms'>
}

/** The last messages, for tests and for the mailbox of a development server. */
export interface Mailbox {
  mail: MailTransport
  sms: SmsTransport
  /** Newest first, 200 at most. */
  messages(): readonly KeptMessage[]
  find(id: string): KeptMessage | undefined
  clear(): void
}

/** Makes an empty mailbox. */
export function createMailbox(now: () => number): Mailbox {
  let kept: readonly KeptMessage[] = []

  function keep(message: KeptMessage['message'], id = randomUUID() as string): void {
    kept = [{ id, at: now(), message }, ...kept].slice(0, mostMessages)
  }

  return {
    mail: {
      async send(mail, attempt) {
        keep({ kind: 'mail', mail }, attempt?.id)
      },
      async close() {},
    },
    sms: {
      async send(sms, attempt) {
        keep({ kind: 'sms', sms }, attempt?.id)
      },
      async close() {},
    },
    messages: () => kept,
    find: (id) => kept.find((message) => message.id === id),
    clear() {
      kept = []
    },
  }
}
