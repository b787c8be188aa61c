import { randomUUID } from 'node:crypto'
import { sweepCodes } from './codes/store.ts'
import { sweepWebhooks } from './delivery/store.ts'
import { areMarksSealed } from './events/chain/reseal.ts'
import { isOldestAhead, sweepEvents } from './events/chain/sweep.ts'
import type { Server } from './exchange.ts'
import { sweepRefreshTokens } from './jwt/store.ts'
import { sweepLimits } from './limits/store.ts'
import { sweepTotpSteps } from './mfa/totp/store.ts'
import { sweepSessions } from './sessions/store.ts'
import { sweepKeys } from './signing-keys/store.ts'
import { sweepHandovers } from './socialaccount/handover/store.ts'
import { sweepIdTokens } from './socialaccount/store.ts'
import { holdLease, releaseLease } from './storage/leases.ts'
import { sweepTrustedBrowsers } from './trusted-browsers/store.ts'

const everyMs = 60_000
/** So long that the next turn of whoever has it comes before its end. */
const leaseMs = 90_000

/** Removes what has expired, again and again, as long as no other node does. */
export interface Sweeping {
  /** One turn, if it is for this node to take it. */
  turn(): Promise<void>
  /** Waits for the turn that is under way, and leaves the next one to others. */
  stop(): Promise<void>
}

/** What a turn does, in order; the node keeps its lease before each of them. */
const steps: readonly ((server: Server) => Promise<void>)[] = [
  ({ db, now }) => sweepLimits(db, now()),
  ({ db, now }) => sweepCodes(db, now()),
  ({ db, now }) => sweepSessions(db, now()),
  ({ db, now }) => sweepTrustedBrowsers(db, now()),
  ({ db, now }) => sweepTotpSteps(db, now()),
  ({ db, now, settings }) =>
    sweepRefreshTokens(db, {
      now: now(),
      graceMs: settings.headless.jwtRefreshTokenGracePeriod * 1000,
    }),
  ({ db, now }) => sweepKeys(db, now()),
  ({ db, now }) => sweepIdTokens(db, now()),
  ({ db, now }) => sweepHandovers(db, now()),
  giveWebhooksUp,
  warnOfSeals,
  endRetention,
]

/** Starts with the first turn a minute later, as what has expired is in nobody's way. */
export function startSweeping(server: Server): Sweeping {
  const { db, now, log } = server
  const lease = { name: 'sweep', holder: randomUUID() }
  let isStopped = false
  let running: Promise<void> | undefined

  function turn(): Promise<void> {
    running ??= takeSteps().finally(() => {
      running = undefined
    })
    return running
  }

  /** What fails is tried again at the next turn. */
  async function takeSteps(): Promise<void> {
    try {
      for (const step of steps) {
        if (isStopped) return
        const time = now()
        if (!(await holdLease(db, lease, { now: time, until: time + leaseMs }))) return
        await step(server)
      }
    } catch (error) {
      log.error({ err: error }, 'removing expired rows failed')
    }
  }

  const timer = setInterval(() => void turn(), everyMs).unref()
  return {
    turn,
    async stop() {
      isStopped = true
      clearInterval(timer)
      await running
      // Where the database is down, the lease ends by itself.
      await releaseLease(db, lease).catch(() => {})
    },
  }
}

async function giveWebhooksUp({ db, now, log }: Server): Promise<void> {
  const count = await sweepWebhooks(db, now())
  if (count > 0) log.warn({ count }, 'webhooks that could not be delivered in time were given up')
}

/**
 * Says that the audit log was changed or sealed by another secret. What happens is written behind it all
 * the same: an account does not stand still for that.
 */
export async function warnOfSeals({
  db,
  keys,
  log,
}: Pick<Server, 'db' | 'keys' | 'log'>): Promise<void> {
  if (await areMarksSealed(db, keys)) return
  log.error({}, 'the audit log was changed, or SECRET_KEY: see latchkey audit verify')
}

async function endRetention({ db, keys, now, log, settings }: Server): Promise<void> {
  const { eventRetentionDays } = settings.server
  if (eventRetentionDays === null) return
  await sweepEvents(db, keys, now() - eventRetentionDays * 86_400_000)
  if (await isOldestAhead(db, now())) {
    log.warn({}, 'the oldest event is dated in the future: none is removed until then')
  }
}
