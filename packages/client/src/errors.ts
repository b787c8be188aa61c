/**
 * Why there is no answer: `network` (the server could not be reached), `timeout`, `aborted` (by the caller),
 * `unavailable` (it is busy or can not serve now, and may say when to try again), `forbidden` (the browser's
 * request was not believed to be its own), `declined` (the user or the browser gave no passkey; only from
 * `useCall`), `unexpected` (anything else).
 */
export type LatchkeyErrorCode =
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'unavailable'
  | 'forbidden'
  | 'declined'
  | 'unexpected'

/** A call that came to no answer of the API. Answers that refuse, such as 400 or 429, are no errors. */
export class LatchkeyError extends Error {
  override readonly name = 'LatchkeyError'
  readonly code: LatchkeyErrorCode
  /** The HTTP status, where there was one. */
  readonly status: number | undefined
  /** By which the server's log can be searched. */
  readonly requestId: string | undefined
  /** After how long to try again, in seconds. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: LatchkeyErrorCode,
    message: string,
    { cause, response }: { cause?: unknown; response?: Response } = {},
  ) {
    super(message, { cause })
    this.code = code
    this.status = response?.status
    this.requestId = response?.headers.get('x-request-id') ?? undefined
    this.retryAfterSeconds = response && retryAfterOf(response.headers)
  }
}

/** After how long to try again, where an answer says so in seconds. */
export function retryAfterOf(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds : undefined
}
