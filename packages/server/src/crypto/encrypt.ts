import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

const ivBytes = 12
const tagBytes = 16

/** Encrypts text with AES-256-GCM (NIST SP 800-38D) under a random IV; `context` is authenticated too. */
export function encrypt(key: KeyObject, text: string, context: string): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** Decrypts what `encrypt` made with any of `keys`; undefined if it was changed or no key fits. */
export function decrypt(
  keys: readonly KeyObject[],
  sealed: string,
  context: string,
): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < ivBytes + tagBytes) return undefined
  for (const key of keys) {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes))
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      const body = decipher.update(bytes.subarray(ivBytes + tagBytes))
      return Buffer.concat([body, decipher.final()]).toString('utf8')
    } catch {
      // Not this key: the authentication tag does not fit.
    }
  }
  return undefined
}
