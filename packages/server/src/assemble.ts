import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { authenticators, offers, reauthentications, routes, stages, standingOffers } from './app.ts'
import { deriveKeys, type Keys } from './crypto/keys.ts'
import { databaseFor, openMigrated } from './database.ts'
import type { Mailbox } from './delivery/memory.ts'
import type { MailTransport, SmsTransport } from './delivery/messages.ts'
import { createOutbox } from './delivery/outbox.ts'
import { mailTransportFor, smsTransportFor } from './delivery/transports.ts'
import { mailboxPages } from './dev-mailbox/pages.ts'
import type { Server } from './exchange.ts'
import { healthPages } from './health/pages.ts'
import { routeTable } from './http/route.ts'
import type { Served } from './http/serve.ts'
import { openTokens, rehearseTokens } from './jwt/open.ts'
import { databaseLimiter } from './limits/database.ts'
import type { Limiter } from './limits/limiter.ts'
import { openRedisLimiter } from './limits/redis.ts'
import type { Log } from './log.ts'
import { preloadVerification } from './mfa/webauthn/verify.ts'
import { webauthnPages } from './mfa/webauthn/well-known.ts'
import { bothObservers, type Gauges, type Observer, unobserved } from './observer.ts'
import { createOutbound, type Outbound } from './outbound/outbound.ts'
import { createGate, type Gate } from './passwords/gate.ts'
import { createHasher, type Hasher } from './passwords/hasher.ts'
import { createPolicy, type Policy } from './passwords/policy.ts'
import { portalFolder } from './portal/folder.ts'
import { openPortal, portalFiles } from './portal/pages.ts'
import { catalogue } from './providers/catalogue.ts'
import { createProviders } from './providers/providers.ts'
import { readApps } from './providers/read-apps.ts'
import { settleActivity } from './sessions/activity.ts'
import { cookieWarnings } from './settings/cookie-checks.ts'
import { isMfaOn } from './settings/mfa-on.ts'
import type { Settings } from './settings/settings.ts'
import { SettingsError } from './settings/settings-error.ts'
import { callbackPages } from './socialaccount/redirect/pages.ts'
import { specificationPages } from './spec/pages.ts'
import type { Database } from './storage/open.ts'
import { startSweeping, warnOfSeals } from './sweeping.ts'
import { jwksPages } from './tokens/well-known.ts'
import { findTracer } from './traces/observer.ts'

/** What Node has where UV_THREADPOOL_SIZE does not say. */
const defaultThreads = 4

const lastSendsMs = 2000
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
}

/** What a development server has besides. */
export interface DevelopmentParts extends ServerParts {
  /** What is sent, to be read at `/_dev/mail`. */
  mailbox?: Mailbox
}

/** A server ready to answer, and how to end it. */
export interface Assembled {
  server: Server
  served: Served
  gauges: Gauges
  close(): Promise<void>
}

/** Opens the database, brings its schema up to date and puts everything together. */
export async function assemble(
  settings: Settings,
  parts: DevelopmentParts = {},
): Promise<Assembled> {
  const keys = keysFor(settings)
  const now = parts.now ?? Date.now
  const log = parts.log ?? logFor(settings)
  const observer = bothObservers((await findTracer()) ?? unobserved, parts.observer ?? unobserved)
  const { gate, hasher, policy, mail, sms } = partsFor(settings, { ...parts, observer })
  const db = await openMigrated(settings, { now, log, observer })
  const limiter = await orClose(limiterFor(settings, db, log), db)
  const tokens = await orClose(openTokens({ settings, keys, now, log, db }), db, limiter)
  const files = await orClose(
    portalFiles(settings, parts.portalFolder ?? portalFolder()),
    db,
    limiter,
  )
  const outbound = outboundFor(settings)
  const ask = parts.fetch ?? outbound.fetch
  const fetch: typeof ask = (...request) => observer.work('ask_provider', () => ask(...request))
  const webhooks = webhooksOf(settings)
  const server: Server = Object.freeze({
    settings,
    db,
    keys,
    now,
    log,
    observer,
    hasher,
    policy,
    limiter,
    outbox: createOutbox({ db, keys, now, mail, sms, webhooks, log, observer }),
    tokens: tokens.strategy,
    providers: createProviders({ settings, catalogue, fetch, now }),
    stages,
    authenticators,
    offers,
    standingOffers,
    reauthentications,
  })
  const sweeping = startSweeping(server)
  server.outbox.kick()
  if (isMfaOn(settings, 'webauthn')) preloadVerification()
  if (server.providers.apps.length > 0) void server.providers.protocol()
  void warnOfCookies(server)
  await warnOfSeals(server)
  const api = routeTable(routes, settings)
  return {
    server,
    served: {
      api,
      pages: new Map([
        ...healthPages(server),
        ...webauthnPages(settings),
        ...(tokens.keyring ? jwksPages(tokens.keyring) : []),
        ...specificationPages({ settings, api }),
        ...(parts.mailbox ? mailboxPages(parts.mailbox) : []),
      ]),
      callbacks: callbackPages(server),
      portal: openPortal(server, files),
    },
    gauges: { hashing: gate, outbox: server.outbox },
    async close() {
      await sweeping.stop()
      // What was caused a moment ago still goes out; a longer queue waits for the next start.
      await Promise.race([server.outbox.drain(), sleep(lastSendsMs, undefined, { ref: false })])
      outbound.close()
      await server.outbox.close()
      await Promise.all([mail.close(), sms.close()])
      await settleActivity(server)
      await limiter.close()
      await db.destroy()
    },
  }
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
function partsFor(settings: Settings, parts: ServerParts) {
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
function outboundFor({ socialaccount }: Settings): Outbound {
  return createOutbound({
    timeoutMs: socialaccount.requestsTimeout * 1000,
    maxBytes: mostBytesOfProviders,
    allowsPrivateAddresses: socialaccount.allowPrivateAddressesInsecure,
  })
}

/** Where the settings have limits counted. */
function limiterFor({ server }: Settings, db: Database, log: Log): Promise<Limiter> {
  const { redisUrl: url, redisKeyPrefix: keyPrefix } = server
  return url === null
    ? Promise.resolve(databaseLimiter(db))
    : openRedisLimiter({ url, keyPrefix }, log)
}

/** What is opened; where that fails, what was opened before is closed. */
async function orClose<T>(opened: Promise<T>, db: Database, limiter?: Limiter): Promise<T> {
  try {
    return await opened
  } catch (error) {
    await limiter?.close()
    await db.destroy()
    throw error
  }
}

function webhooksOf({ server }: Settings) {
  return { urls: server.webhookUrls, secrets: server.webhookSecrets }
}

/** Finds what would keep the server from starting, without a start. @throws SettingsError */
export async function rehearse(settings: Settings): Promise<void> {
  partsFor(settings, {})
  databaseFor(settings)
  readApps(settings, catalogue)
  await rehearseTokens(settings.headless)
}

function gateFor({ server }: Settings, observer: Observer = unobserved): Gate {
  const { hashConcurrency: concurrency, hashMaxQueued: maxQueued } = server
  return createGate({
    maxQueued,
    observer,
    concurrency: concurrency ?? hashesAtOnce(server.workers),
  })
}

/** The password hasher of the settings, behind its gate. */
export function hasherFor(settings: Settings, gate = gateFor(settings)): Hasher {
  const { server } = settings
  const { hashMemoryKib: memoryKib, hashPasses: passes, hashParallelism: parallelism } = server
  return createHasher({ argon2: { memoryKib, passes, parallelism }, gate })
}

/**
 * So that all workers of a machine together keep its cores busy. A process alone has one hash more than there
 * are cores, for a core would be idle from the end of one until what follows on it is written. One thread of
 * the pool that hashes is left to look up addresses.
 */
function hashesAtOnce(workers: number): number {
  const cores = availableParallelism()
  const wanted = workers === 1 ? cores + 1 : Math.floor(cores / workers)
  const threads = Number(process.env.UV_THREADPOOL_SIZE ?? defaultThreads)
  return Math.max(1, Math.min(wanted, threads - 1))
}

function policyFor({ server, account }: Settings): Policy {
  try {
    return createPolicy(server.authPasswordValidators, account.passwordMinLength ?? undefined)
  } catch (error) {
    throw new SettingsError([
      `AUTH_PASSWORD_VALIDATORS: ${error instanceof Error ? error.message : error}`,
    ])
  }
}

/** Says what browsers will do to the cookies. It may take a look at a long list, so no start waits. */
async function warnOfCookies({ settings, log }: Server): Promise<void> {
  try {
    for (const warning of await cookieWarnings(settings)) log.warn({}, warning)
  } catch (error) {
    log.error({ err: error }, 'the cookies could not be checked')
  }
}
