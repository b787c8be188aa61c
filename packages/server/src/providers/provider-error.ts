/** What went wrong at a provider, or with what it answered. The message names no secret and no token. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
}
