import { scrypt as derive, type ScryptOptions, timingSafeEqual } from 'node:crypto'
import { costLimits } from './cost-limits.ts'
import { decodeBase64, type HashFormat } from './format.ts'

const notation =
  /^scrypt\$([1-9]\d{0,9})\$([^$]{1,256})\$([1-9]\d{0,6})\$([1-9]\d{0,2})\$([A-Za-z0-9+/]+={0,2})$/
const outputBytes = 64

/** scrypt in Django's notation: `scrypt$N$salt$r$p$base64`. The salt is text. */
export const scrypt: HashFormat = {
  read(stored) {
    const [, n, salt = '', r, p, output = ''] = notation.exec(stored) ?? []
    const cost = { N: Number(n), r: Number(r), p: Number(p) }
    const expected = decodeBase64(output)
    if (!isAffordable(cost)) return undefined
    if (expected?.length !== outputBytes) return undefined
    return {
      async matches(password) {
        const options = { ...cost, maxmem: 128 * cost.r * (cost.N + cost.p + 2) }
        return timingSafeEqual(await deriveKey(password, salt, options), expected)
      },
      isOutdated: () => true,
    }
  },
}

function isAffordable({ N, r, p }: { N: number; r: number; p: number }): boolean {
  const { memoryBytes, parallelism } = costLimits.scrypt
  // RFC 7914: N is a power of two, greater than 1 and less than 2^(128 · r / 8).
  const isPossible = N > 1 && Number.isInteger(Math.log2(N)) && Math.log2(N) < 16 * r
  return isPossible && 128 * N * r <= memoryBytes && p <= parallelism
}

function deriveKey(password: Uint8Array, salt: string, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    derive(password, salt, outputBytes, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
