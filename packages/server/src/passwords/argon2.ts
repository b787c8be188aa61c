import { randomBytes } from 'node:crypto'
import { costLimits } from './cost-limits.ts'
import { type Argon2Parameters, decodeBase64, encodeBase64, type HashFormat } from './format.ts'

// Django writes the algorithm's name in front of the PHC string. No version means version 16.
const notation =
  /^(?:argon2)?(\$(argon2(?:id|i|d))\$(?:v=(16|19)\$)?m=([1-9]\d{0,9}),t=([1-9]\d{0,9}),p=([1-9]\d{0,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+))$/

const saltBytes = { min: 8, max: 64 }
const outputBytes = { min: 16, max: 128 }
const newSaltBytes = 16
const newOutputBytes = 32

/** Argon2 as a PHC string, bare or in Django's notation. */
export const argon2: HashFormat = {
  read(stored) {
    const [, phc = '', variant, version, memory, passes, lanes, salt = '', output = ''] =
      notation.exec(stored) ?? []
    const cost = {
      memoryKib: Number(memory),
      passes: Number(passes),
      parallelism: Number(lanes),
    }
    if (!isAffordable(cost)) return undefined
    if (!hasLength(salt, saltBytes) || !hasLength(output, outputBytes)) return undefined
    return {
      async matches(password) {
        const { verify } = await import('@node-rs/argon2')
        return verify(phc, password)
      },
      isOutdated(current) {
        if (variant !== 'argon2id' || version !== '19') return true
        return (
          cost.memoryKib < current.memoryKib ||
          cost.passes < current.passes ||
          cost.parallelism < current.parallelism
        )
      },
    }
  },
}

/** Hashes a password with argon2id under a new salt; answers a PHC string. */
export async function hashArgon2id(password: Uint8Array, cost: Argon2Parameters): Promise<string> {
  const { hash } = await import('@node-rs/argon2')
  return hash(password, {
    memoryCost: cost.memoryKib,
    timeCost: cost.passes,
    parallelism: cost.parallelism,
    outputLen: newOutputBytes,
    salt: randomBytes(newSaltBytes),
  })
}

/** A PHC string that no password matches and that costs as much to verify as a real one. */
export function makeArgon2Decoy({ memoryKib, passes, parallelism }: Argon2Parameters): string {
  const salt = encodeBase64(randomBytes(newSaltBytes))
  const output = encodeBase64(randomBytes(newOutputBytes))
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${parallelism}$${salt}$${output}`
}

function isAffordable({ memoryKib, passes, parallelism }: Argon2Parameters): boolean {
  const limits = costLimits.argon2
  return (
    memoryKib >= 8 * parallelism &&
    memoryKib <= limits.memoryKib &&
    passes <= limits.passes &&
    parallelism <= limits.parallelism
  )
}

function hasLength(base64: string, { min, max }: { min: number; max: number }): boolean {
  const length = decodeBase64(base64)?.length ?? 0
  return length >= min && length <= max
}
