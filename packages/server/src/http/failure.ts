import type { Server } from '../exchange.ts'
import { GateFull } from '../passwords/gate.ts'
import { jsonAnswer, type TransportAnswer } from './transport.ts'

/** The answer where something broke: never a detail, but the id that the log line has too. */
export function failureAnswer(server: Server, error: unknown, requestId: string): TransportAnswer {
  if (error instanceof GateFull) {
    server.log.warn({ requestId }, 'too many passwords are being checked: asked to come back later')
    return unavailable(error.retryAfterSeconds)
  }
  server.log.error({ requestId, err: error }, 'a request failed unexpectedly')
  return jsonAnswer(500, JSON.stringify({ status: 500 }))
}

function unavailable(retryAfterSeconds: number): TransportAnswer {
  const answered = jsonAnswer(503, JSON.stringify({ status: 503 }))
  answered.headers.push(['retry-after', String(retryAfterSeconds)])
  return answered
}
