import { pbkdf2 as derive, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { costLimits } from './cost-limits.ts'
import { decodeBase64, type HashFormat } from './format.ts'

const notation = /^pbkdf2_(sha256|sha1)\$([1-9]\d{0,8})\$([^$]{1,256})\$([A-Za-z0-9+/]+={0,2})$/
const outputBytes = new Map([
  ['sha256', 32],
  ['sha1', 20],
])
const deriveKey = promisify(derive)

/** PBKDF2 in Django's notation: `pbkdf2_sha256$iterations$salt$base64`. The salt is text. */
export const pbkdf2: HashFormat = {
  read(stored) {
    const [, digest = '', count, salt = '', output = ''] = notation.exec(stored) ?? []
    const iterations = Number(count)
    const expected = decodeBase64(output)
    if (!(iterations <= costLimits.pbkdf2.iterations)) return undefined
    // A shorter output would match more passwords, an empty one all of them.
    if (!expected || expected.length !== outputBytes.get(digest)) return undefined
    return {
      async matches(password) {
        const actual = await deriveKey(password, salt, iterations, expected.length, digest)
        return timingSafeEqual(actual, expected)
      },
      isOutdated: () => true,
    }
  },
}
