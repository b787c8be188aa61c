import { randomText } from '../crypto/random.ts'
import type { CodeFormat } from '../settings/code-format.ts'

// RFC 8628 §6.1: consonants alone, so that no words appear and no letter looks like a digit.
const letters = 'BCDFGHJKLMNPQRSTVWXZ'
const digits = '0123456789'

/** A random code as a person types it, such as `BCDF-GHJK`. */
export function makeCode({ numeric, dashed, length }: CodeFormat): string {
  const code = randomText(numeric ? digits : letters, length)
  return dashed ? dash(code) : code
}

/** The code as it is compared: without case, punctuation and blanks. Empty if nothing is left. */
export function normalizeCode(code: string): string {
  return code.replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '').toUpperCase()
}

function dash(code: string): string {
  const size = Math.ceil(code.length / (code.length <= 8 ? 2 : 3))
  return code.match(new RegExp(`.{1,${size}}`, 'g'))?.join('-') ?? code
}
