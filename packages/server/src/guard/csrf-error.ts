import { plainAnswer } from '../http/transport.ts'
import { toResponse } from '../http/web.ts'

/**
 * A request that would change something came with the cookie of somebody who is signed in, but nothing
 * shows that a page of yours sent it. The answer is 403; frameworks read that off the error.
 */
export class CsrfError extends Error {
  override readonly name = 'CsrfError'
  readonly code = 'csrf_failed'
  readonly status = 403
  /** The same, as Fastify reads it. */
  readonly statusCode = 403

  /** The answer that the API would give, which Hono sends by itself. */
  getResponse(): Response {
    return toResponse(plainAnswer(403, this.message))
  }
}
