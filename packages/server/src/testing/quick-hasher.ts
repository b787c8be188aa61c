import { hashArgon2id, makeArgon2Decoy } from '../passwords/argon2.ts'
import type { Argon2Parameters } from '../passwords/format.ts'
import type { Gate } from '../passwords/gate.ts'
import { argon2Minimum, createHasher, type Hasher } from '../passwords/hasher.ts'

/** Far below what the settings allow. */
const cost: Argon2Parameters = { memoryKib: 64, passes: 1, parallelism: 1 }

/** The hasher of the server, at next to no cost: for tests that are about something else. */
export function quickHasher(gate: Gate): Hasher {
  const decoy = makeArgon2Decoy(cost)
  const own = decoy.slice(0, decoy.indexOf('$', '$argon2id$v=19$'.length))
  const hasher = createHasher({ argon2: argon2Minimum, gate })
  return {
    ...hasher,
    decoy,
    hash: (password) => gate.run(() => hashArgon2id(Buffer.from(password), cost)),
    isOutdated: (stored) => !stored.startsWith(own) && hasher.isOutdated(stored),
  }
}
