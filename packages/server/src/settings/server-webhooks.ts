import { eventTypes } from './event-types.ts'
import type { Parser } from './parser.ts'
import { listOf, oneOf, orNull, textLike, webAddress } from './parsers.ts'

/** Where events are sent as they happen. */
export interface ServerWebhookSettings {
  /**
   * The addresses that events are posted to, http or https. `user:password@` in one is sent as basic
   * authentication. Each address gets every event; without any nothing is sent.
   * @defaultValue []
   */
  webhookUrls: readonly string[]
  /**
   * The secrets that sign what is posted, as `latchkey webhooks secret` makes them: `whsec_` and 24 to
   * 64 bytes in base64. All of them sign, so that one can be replaced while receivers still know the
   * other. There has to be one where there are addresses.
   * @defaultValue []
   */
  webhookSecrets: readonly string[]
  /**
   * The types of events that are posted. `null`: all but `login_failed`, `code_failed`,
   * `reauthenticated` and `password_rehashed`, which change nothing, and two of which strangers can
   * cause without end.
   * @defaultValue null
   */
  webhookEvents: readonly string[] | null
}

export const serverWebhookDefaults: ServerWebhookSettings = {
  webhookUrls: [],
  webhookSecrets: [],
  webhookEvents: null,
}

const secret = textLike('"whsec_" and 24 to 64 bytes in base64', isSecret)

function isSecret(value: string): boolean {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? []
  if (base64 === undefined || base64.length % 4 !== 0) return false
  const { length } = Buffer.from(base64, 'base64')
  return length >= 24 && length <= 64
}

export const serverWebhookParsers = {
  webhookUrls: listOf(webAddress),
  webhookSecrets: listOf(secret),
  webhookEvents: orNull(listOf(oneOf(eventTypes), 1)),
} satisfies { [K in keyof ServerWebhookSettings]: Parser<ServerWebhookSettings[K]> }
