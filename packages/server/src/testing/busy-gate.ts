import type { Gate } from '../passwords/gate.ts'
import type { TestAuth } from './auth.ts'

/** Has a place at the gate of the hashes taken, until it is let go. */
export function takeTurn({ gauges }: TestAuth): { gate: Gate; letGo(): Promise<void> } {
  // What the gauges show is the gate itself.
  const gate = gauges.hashing as Gate
  const { promise, resolve } = Promise.withResolvers<void>()
  const taken = gate.run(() => promise)
  return {
    gate,
    letGo() {
      resolve()
      return taken
    },
  }
}
