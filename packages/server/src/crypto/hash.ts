import { createHmac, hash, type KeyObject, timingSafeEqual } from 'node:crypto'

/** SHA-256 as base64url: how tokens of 256 random bits are stored. */
export function sha256(text: string): string {
  return hash('sha256', text, 'base64url')
}

/** HMAC-SHA256 as base64url: how guessable values, such as codes, are stored and links are signed. */
export function hmac(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}

/** Compares two texts in a time that depends on neither. */
export function equalText(a: string, b: string): boolean {
  const left = hash('sha256', a, 'buffer')
  const right = hash('sha256', b, 'buffer')
  return timingSafeEqual(left, right)
}
