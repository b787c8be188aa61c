import { availableParallelism } from 'node:os'
import { type Observer, unobserved } from '../observer.ts'
import type { Settings } from '../settings/settings.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { createGate, type Gate } from './gate.ts'
import { createHasher, type Hasher } from './hasher.ts'
import { createPolicy, type Policy } from './policy.ts'

/** What Node has where UV_THREADPOOL_SIZE does not say. */
const defaultThreads = 4

/** What hashing waits at. */
export function gateFor({ server }: Settings, observer: Observer = unobserved): Gate {
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

/** What passwords have to be like. @throws SettingsError */
export function policyFor({ server, account }: Settings): Policy {
  try {
    return createPolicy(server.authPasswordValidators, account.passwordMinLength ?? undefined)
  } catch (error) {
    throw new SettingsError([
      `AUTH_PASSWORD_VALIDATORS: ${error instanceof Error ? error.message : error}`,
    ])
  }
}
