import pino from 'pino'
import { deriveKeys, type Keys } from './crypto/keys.ts'
import { databaseFor } from './database.ts'
import type { Mailbox } from './delivery/memory.ts'
import type { MailTransport, SmsTransport } from './delivery/messages.ts'
import { mailTransportFor, smsTransportFor } from './delivery/transports.ts'
import { rehearseTokens } from './jwt/open.ts'
import { databaseLimiter } from './limits/database.ts'
import type { Limiter } from './limits/limiter.ts'
import { openRedisLimiter } from './limits/redis.ts'
import type { Log } from './log.ts'
import type { Observer } from './observer.ts'
import { createOutbound, type Outbound } from './outbound/outbound.ts'
import { gateFor, hasherFor, policyFor } from './passwords/from-settings.ts'
import type { Gate } from './passwords/gate.ts'
import type { Hasher } from './passwords/hasher.ts'
import { catalogue } from './providers/catalogue.ts'
import { readApps } from './providers/read-apps.ts'
import type { Settings } from './settings/settings.ts'
import { SettingsError } from './settings/settings-error.ts'
import type { Database } from './storage/open.ts'

const mostBytesOfProviders = 1_048_576

/** What can be put in the place of the real thing. */
export interface Parts {
  /** @defaultValue Date.now */
  now?: () => number
  /** @defaultValue pino on stdout at the level of the settings */
  log?: Log
  /** @defaultValue SMTP as the settings say */
  mail?: MailTransport
  /** @defaultValue the webhook of the settings */
  sms?: SmsTransport
  /**
   * Asks identity providers.
   * @defaultValue requests to public addresses by https, within limits
   */
  fetch?: Outbound['fetch']
}

/** What a server of its own has besides. */
export interface ServerParts extends Parts {
  /** Looks on, beside the traces. @defaultValue nobody */
  observer?: Observer
  /** Where the built pages of the portal lie. @defaultValue beside the program */
  portalFolder?: string
  /** Hashes passwords, behind the gate. @defaultValue argon2id at the cost of the settings */
  hasher?: (gate: Gate) => Hasher
  /** Whether what is wrong with cookies and seals is logged. @defaultValue true */
  warnsAtStart?: boolean
}

/** What a development server has besides. */
export interface DevelopmentParts extends ServerParts {
  /** What is sent, to be read at `/_dev/mail`. */
  mailbox?: Mailbox
}

/** The log on standard output. */
export function logFor({ server }: Settings): Log {
  return pino({ level: server.logLevel })
}

/** The keys that the secrets of the settings make. @throws SettingsError where there is none. */
export function keysFor({ server, account }: Settings): Keys {
  const { secretKey, secretKeyFallbacks } = server
  if (secretKey === null) {
    throw new SettingsError(['SECRET_KEY: expected a secret; `latchkey secret` makes one'])
  }
  return deriveKeys([secretKey, ...secretKeyFallbacks], { link: account.salt })
}

/** What needs no database. @throws SettingsError where that is not possible. */
export function partsFor(settings: Settings, parts: ServerParts) {
  const gate = gateFor(settings, parts.observer)
  return {
    gate,
    hasher: parts.hasher?.(gate) ?? hasherFor(settings, gate),
    policy: policyFor(settings),
    mail: parts.mail ?? mailTransportFor(settings.server),
    sms: parts.sms ?? smsTransportFor(settings.server),
  }
}

/** What asks identity providers. */
export function outboundFor({ socialaccount }: Settings): Outbound {
  return createOutbound({
    timeoutMs: socialaccount.requestsTimeout * 1000,
    maxBytes: mostBytesOfProviders,
    allowsPrivateAddresses: socialaccount.allowPrivateAddressesInsecure,
  })
}

/** Where the settings have limits counted. */
export function limiterFor({ server }: Settings, db: Database, log: Log): Promise<Limiter> {
  const { redisUrl: url, redisKeyPrefix: keyPrefix } = server
  return url === null
    ? Promise.resolve(databaseLimiter(db))
    : openRedisLimiter({ url, keyPrefix }, log)
}

/** Who is told of events. */
export function webhooksOf({ server }: Settings) {
  return { urls: server.webhookUrls, secrets: server.webhookSecrets }
}

/** Finds what would keep the server from starting, without a start. @throws SettingsError */
export async function rehearse(settings: Settings): Promise<void> {
  partsFor(settings, {})
  databaseFor(settings)
  readApps(settings, catalogue)
  await rehearseTokens(settings.headless)
}
