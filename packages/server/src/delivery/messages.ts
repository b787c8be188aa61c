/** One email, ready to be sent. */
export interface Mail {
  /** The bare address it goes to, such as `ann@example.org`. */
  to: string
  subject: string
  /** The text/plain part: links and codes stand alone on a line. */
  text: string
  /** The text/html part: no images, no remote content. */
  html: string
}

/** One text message, ready to be sent. */
export interface Sms {
  /** The number it goes to, in E.164. */
  phone: string
  /** The code that it carries; null for a notice. */
  code: string | null
  text: string
  /** The tag of the language that it is in; absent where an earlier version has written it. */
  language?: string
}

/** One event, ready to be posted to one endpoint. */
export interface Webhook {
  /** Where it goes. May hold a password. */
  url: string
  /** Of the event: the same for every endpoint and every try. */
  id: string
  /** The JSON, the same for every try: it is what is signed. */
  body: string
}

interface Contents {
  mail: Mail
  sms: Sms
  webhook: Webhook
}

/** The ways out. */
export type MessageKind = keyof Contents

/** A message of some kinds; its content is a member called like its kind. */
export type MessageOf<Kind extends MessageKind> = {
  [K in Kind]: { kind: K } & Pick<Contents, K>
}[Kind]

/** What can be put into the outbox. */
export type Message = MessageOf<MessageKind>

/** Who gets a message of each kind: what is for one goes out in order. */
const recipients: { readonly [K in MessageKind]: (contents: Pick<Contents, K>) => string } = {
  mail: ({ mail }) => mail.to.trim().toLowerCase(),
  sms: ({ sms }) => sms.phone.trim(),
  webhook: ({ webhook }) => webhook.url,
}

// Only kinds are keys of it, which `keyof` can not know of any object.
export const messageKinds = Object.keys(recipients) as readonly MessageKind[]

export function recipientOf<Kind extends MessageKind>(message: MessageOf<Kind>): string {
  return recipients[message.kind](message)
}

/** One try to send a message. */
export interface Attempt {
  /** The same for every try of one message, so that a repeat can be told from a second message. */
  id: string
  /** Aborted when the try takes too long. */
  signal: AbortSignal
}

/** Sends email. A promise that is kept means that the next server has accepted the message. */
export interface MailTransport {
  /** @throws DeliveryError if the message was not accepted. */
  send(mail: Mail, attempt?: Attempt): Promise<void>
  close(): Promise<void>
}

/** Sends text messages. A promise that is kept means that the gateway has accepted the message. */
export interface SmsTransport {
  /** @throws DeliveryError if the message was not accepted. */
  send(sms: Sms, attempt?: Attempt): Promise<void>
  close(): Promise<void>
}

/**
 * What a failure says: `unreachable`: nothing gets through, whatever the message is; `failed`: this
 * try did not succeed; `refused`: this message will hardly ever be accepted; `gone`: it never will.
 */
export type DeliveryFailure = 'unreachable' | 'failed' | 'refused' | 'gone'

/** A message was not accepted. Neither text nor code holds an address or content. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  readonly failure: DeliveryFailure
  /** For the log, such as `ECONNECTION`, `smtp_550` or `http_503`. */
  readonly code: string

  constructor(failure: DeliveryFailure, code: string, cause?: unknown) {
    super(`delivery ${failure}: ${code}`, { cause })
    this.failure = failure
    this.code = code
  }
}
