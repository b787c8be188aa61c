import { setTimeout as sleep } from 'node:timers/promises'
import { authenticators, offers, reauthentications, routes, stages, standingOffers } from './app.ts'
import { openMigrated } from './database.ts'
import { createOutbox } from './delivery/outbox.ts'
import { mailboxPages } from './dev-mailbox/pages.ts'
import type { Server } from './exchange.ts'
import { healthPages } from './health/pages.ts'
import { routeTable } from './http/route.ts'
import type { Served } from './http/serve.ts'
import { openTokens } from './jwt/open.ts'
import type { Limiter } from './limits/limiter.ts'
import { preloadVerification } from './mfa/webauthn/verify.ts'
import { webauthnPages } from './mfa/webauthn/well-known.ts'
import { bothObservers, type Gauges, unobserved } from './observer.ts'
import {
  type DevelopmentParts,
  keysFor,
  limiterFor,
  logFor,
  outboundFor,
  partsFor,
  webhooksOf,
} from './parts.ts'
import { portalFolder } from './portal/folder.ts'
import { openPortal, portalFiles } from './portal/pages.ts'
import { catalogue } from './providers/catalogue.ts'
import { createProviders } from './providers/providers.ts'
import { settleActivity } from './sessions/activity.ts'
import { isMfaOn } from './settings/mfa-on.ts'
import type { Settings } from './settings/settings.ts'
import { callbackPages } from './socialaccount/redirect/pages.ts'
import { specificationPages } from './spec/pages.ts'
import { warnAtStart } from './start-warnings.ts'
import type { Database } from './storage/open.ts'
import { startSweeping } from './sweeping.ts'
import { jwksPages } from './tokens/well-known.ts'
import { findTracer } from './traces/observer.ts'

const lastSendsMs = 2000

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
  if (parts.warnsAtStart !== false) await warnAtStart(server)
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
