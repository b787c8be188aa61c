import { createHash, createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'

/** SHA-256 as base64url: how tokens of 256 random bits are stored. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** HMAC-SHA256 as base64url: how guessable values, such as codes, are stored and links are signed. */
export function hmac(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}

/** Compares two texts in a time that depends on neither. */
export function equalText(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest()
  const right = createHash('sha256').update(b).digest()
  return timingSafeEqual(left, right)
}
