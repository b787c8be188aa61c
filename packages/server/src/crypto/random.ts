import { randomBytes, randomInt } from 'node:crypto'

const lastTime = { ms: 0, sequence: 0 }

/** A UUID version 7 (RFC 9562 §5.7): 48 bits of time, a 12-bit counter within one millisecond, 62 random bits. */
export function uuidv7(now = Date.now()): string {
  const fresh = now > lastTime.ms
  lastTime.sequence = fresh ? randomInt(0x400) : lastTime.sequence + 1
  lastTime.ms = fresh ? now : lastTime.ms
  if (lastTime.sequence > 0xfff) {
    lastTime.ms += 1
    lastTime.sequence = 0
  }
  const time = lastTime.ms.toString(16).padStart(12, '0')
  const sequence = lastTime.sequence.toString(16).padStart(3, '0')
  const random = randomBytes(8)
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80
  const tail = random.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

/** A token of 256 random bits as 43 characters of base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** A random integer of 31 bits, from 1, which every client can hold. */
export function randomNumber(): number {
  return randomInt(1, 2 ** 31)
}

/** Text of `length` characters, each drawn evenly from `alphabet`. */
export function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}
