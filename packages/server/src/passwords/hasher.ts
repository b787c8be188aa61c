import { argon2, hashArgon2id, makeArgon2Decoy } from './argon2.ts'
import { bcrypt } from './bcrypt.ts'
import { costLimits } from './cost-limits.ts'
import type { Argon2Parameters, HashFormat, StoredHash } from './format.ts'
import type { Gate } from './gate.ts'
import { pbkdf2 } from './pbkdf2.ts'
import { scrypt } from './scrypt.ts'

/** What a hasher needs. */
export interface HasherSettings {
  /** The cost of new hashes. Lower than `argon2Minimum` is refused with a `RangeError`. */
  argon2: Argon2Parameters
  /** What all hashing waits at. */
  gate: Gate
}

/** Hashes passwords with argon2id and verifies those hashes and imported ones. */
export interface Hasher {
  /**
   * Hashes a password; answers a PHC string. Rejects with a `RangeError` for passwords longer than
   * `maxPasswordBytes` and with `GateFull` when too many wait.
   */
  hash(password: string): Promise<string>
  /**
   * Whether the password is the one that was hashed. False, after as much work as a real comparison
   * takes, for a stored hash that is not understood and for a password that is too long. Rejects
   * with `GateFull` when too many wait.
   */
  verify(password: string, stored: string): Promise<boolean>
  /** Whether a stored hash should be replaced when its password is next seen. */
  isOutdated(stored: string): boolean
  /** Whether a stored hash is of a known format, well-formed, and within `costLimits`. */
  understands(stored: string): boolean
  /** A hash that no password matches, to be verified where there is no user. */
  readonly decoy: string
}

/** The lowest cost that new hashes may have; the default too. */
export const argon2Minimum: Argon2Parameters = { memoryKib: 19_456, passes: 2, parallelism: 1 }

/** The longest password, in bytes of UTF-8. */
export const maxPasswordBytes = 4096

const maxStoredLength = 1024
const formats: readonly HashFormat[] = [argon2, pbkdf2, bcrypt, scrypt]

/** Makes a hasher. Hashes nothing yet. */
export function createHasher({ argon2: cost, gate }: HasherSettings): Hasher {
  requireCost(cost)

  return {
    decoy: makeArgon2Decoy(cost),

    async hash(password) {
      const bytes = Buffer.from(password)
      if (bytes.length > maxPasswordBytes) {
        throw new RangeError(
          `password: expected at most ${maxPasswordBytes} bytes, found ${bytes.length}`,
        )
      }
      return gate.run(() => hashArgon2id(bytes, cost))
    },

    async verify(password, stored) {
      const bytes = Buffer.from(password)
      const hash = read(stored)
      if (hash && bytes.length <= maxPasswordBytes) return gate.run(() => hash.matches(bytes))
      // As much work as verifying the decoy, or the answer's speed would tell what is stored.
      await gate.run(() => hashArgon2id(bytes.subarray(0, maxPasswordBytes), cost))
      return false
    },

    isOutdated(stored) {
      return read(stored)?.isOutdated(cost) ?? true
    },

    understands(stored) {
      return read(stored) !== undefined
    },
  }
}

function read(stored: string): StoredHash | undefined {
  if (stored.length > maxStoredLength) return undefined
  for (const format of formats) {
    const hash = format.read(stored)
    if (hash) return hash
  }
  return undefined
}

function requireCost(cost: Argon2Parameters): void {
  for (const name of ['memoryKib', 'passes', 'parallelism'] as const) {
    const [value, min, max] = [cost[name], argon2Minimum[name], costLimits.argon2[name]]
    if (Number.isInteger(value) && value >= min && value <= max) continue
    throw new RangeError(
      `argon2 ${name}: expected an integer from ${min} to ${max}, found ${value}`,
    )
  }
}
