/** The cost of an argon2id hash. */
export interface Argon2Parameters {
  /**
   * Memory, in KiB.
   * @defaultValue 19456
   */
  memoryKib: number
  /**
   * Passes over the memory.
   * @defaultValue 2
   */
  passes: number
  /**
   * Lanes.
   * @defaultValue 1
   */
  parallelism: number
}

/** One way to write down a password hash: knows its own notation and how to verify it. */
export interface HashFormat {
  /**
   * Takes a stored hash apart. Undefined when it belongs to another format, is malformed, or costs
   * more than `costLimits` allow.
   */
  read(stored: string): StoredHash | undefined
}

/** A stored hash that can be verified. */
export interface StoredHash {
  /** Computes the hash of a password (its UTF-8 bytes) and compares in constant time. */
  matches(password: Uint8Array): Promise<boolean>
  /** Whether it should be replaced, at the next login, by an argon2id hash of this cost. */
  isOutdated(current: Argon2Parameters): boolean
}

/** Decodes base64, with or without padding; undefined unless it is the one canonical spelling. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return withoutPadding(bytes.toString('base64')) === withoutPadding(text) ? bytes : undefined
}

/** Encodes as base64 without padding, as PHC strings have it. */
export function encodeBase64(bytes: Buffer): string {
  return withoutPadding(bytes.toString('base64'))
}

function withoutPadding(base64: string): string {
  return base64.replace(/={1,2}$/, '')
}
