const refusals = [401, 403, 404]

/** What went wrong at a provider, or with what it answered. The message names no secret and no token. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  /** What the provider answered with, where that was not a 2xx. */
  readonly status: number | undefined

  constructor(message: string, { status, ...options }: ErrorOptions & { status?: number } = {}) {
    super(message, options)
    this.status = status
  }
}

/** What a provider answered; undefined where it refused, as opposed to failed. */
export async function unlessRefused(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked
  } catch (error) {
    const isRefusal = error instanceof ProviderError && refusals.includes(error.status ?? 0)
    if (isRefusal) return undefined
    throw error
  }
}
