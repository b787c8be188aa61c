/**
 * The most that verifying one stored hash may cost. A hash above its limit is treated like one of
 * an unknown format, so that an imported row cannot keep the server busy.
 */
export const costLimits = {
  argon2: { memoryKib: 1_048_576, passes: 20, parallelism: 64 },
  bcrypt: { cost: 16 },
  pbkdf2: { iterations: 10_000_000 },
  /** `memoryBytes` is 128 · N · r. */
  scrypt: { memoryBytes: 268_435_456, parallelism: 16 },
} as const
