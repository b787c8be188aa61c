import { createHash } from 'node:crypto'
import { costLimits } from './cost-limits.ts'
import type { HashFormat } from './format.ts'

const notation = /^(bcrypt\$|bcrypt_sha256\$)?(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$/
const minCost = 4

/**
 * bcrypt, bare or in Django's notation. Of a longer password it sees only the first 72 bytes, unless
 * it was given a SHA-256 of it, in hexadecimal, as `bcrypt_sha256` does.
 */
export const bcrypt: HashFormat = {
  read(stored) {
    const [, prefix, hash = '', digits] = notation.exec(stored) ?? []
    const cost = Number(digits)
    if (!(cost >= minCost && cost <= costLimits.bcrypt.cost)) return undefined
    return {
      async matches(password) {
        const { verify } = await import('@node-rs/bcrypt')
        return verify(prefix === 'bcrypt_sha256$' ? hexSha256(password) : password, hash)
      },
      isOutdated: () => true,
    }
  },
}

function hexSha256(password: Uint8Array): string {
  return createHash('sha256').update(password).digest('hex')
}
