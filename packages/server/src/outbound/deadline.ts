/** A signal that ends with others, or when its time is up. */
export interface Deadline {
  signal: AbortSignal
  /** Stops the clock and lets go of the other signals. */
  release(): void
}

/**
 * Not AbortSignal.any with AbortSignal.timeout: other signals live as long as the server, and nothing
 * of a request should stay with them.
 */
export function startDeadline(
  { ms, reason }: { ms: number; reason: Error },
  others: readonly AbortSignal[],
): Deadline {
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(reason), ms)
  function follow(): void {
    ending.abort(others.find((other) => other.aborted)?.reason)
  }
  for (const other of others) other.addEventListener('abort', follow)
  if (others.some((other) => other.aborted)) follow()

  return {
    signal: ending.signal,
    release() {
      clearTimeout(timer)
      for (const other of others) other.removeEventListener('abort', follow)
    },
  }
}
