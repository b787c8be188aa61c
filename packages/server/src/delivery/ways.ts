import type {
  Attempt,
  MailTransport,
  MessageKind,
  MessageOf,
  SmsTransport,
  Webhook,
} from './messages.ts'

/** How often and how long a message is tried. */
export interface Patience {
  /** How often it is tried at most. Tries that met an unreachable server do not count. */
  mostTries: number
  /** How old it may become, in milliseconds: even while the server can not be reached. */
  mostAgeMs: number
  /** How long after the n-th try the next one follows, in milliseconds. */
  delayMs(tries: number): number
  /** How long the way out rests at most while nothing gets through, in milliseconds. */
  longestPauseMs: number
  /** Whether what was given up stays in the table, for somebody to look at. */
  keepsGivenUp: boolean
}

/** A way out of the outbox, which describes itself. */
export interface Way<Kind extends MessageKind> {
  readonly kind: Kind
  readonly patience: Patience
  send(message: MessageOf<Kind>, attempt: Attempt): Promise<void>
}

/** 1 s, 2 s, 4 s … 15 min; while nobody is there, as long as it takes. */
function patienceOfMessages(mostTries: number): Patience {
  return {
    mostTries,
    mostAgeMs: Number.POSITIVE_INFINITY,
    delayMs: (tries) => Math.min(15 * 60_000, spread(1000 * 2 ** (tries - 1))),
    longestPauseMs: 5000,
    keepsGivenUp: true,
  }
}

/** 5 s, 15 s, 45 s … 6 h: about three days in all. The table of events has what was given up. */
const patienceOfWebhooks: Patience = {
  mostTries: 20,
  mostAgeMs: 3 * 86_400_000,
  delayMs: (tries) => spread(Math.min(6 * 3_600_000, 5000 * 3 ** (tries - 1))),
  longestPauseMs: 60_000,
  keepsGivenUp: false,
}

/** Up to a fifth more, so that what failed together does not return together. */
function spread(delayMs: number): number {
  return Math.round(delayMs * (1 + Math.random() / 5))
}

export function mailWay(transport: MailTransport, mostTries: number): Way<'mail'> {
  return {
    kind: 'mail',
    patience: patienceOfMessages(mostTries),
    send: ({ mail }, attempt) => transport.send(mail, attempt),
  }
}

export function smsWay(transport: SmsTransport, mostTries: number): Way<'sms'> {
  return {
    kind: 'sms',
    patience: patienceOfMessages(mostTries),
    send: ({ sms }, attempt) => transport.send(sms, attempt),
  }
}

export function webhookWay(
  post: (webhook: Webhook, attempt: Attempt) => Promise<void>,
): Way<'webhook'> {
  return {
    kind: 'webhook',
    patience: patienceOfWebhooks,
    send: ({ webhook }, attempt) => post(webhook, attempt),
  }
}
