import type { Server } from '../exchange.ts'
import { LimiterDown } from '../limits/limiter.ts'
import { GateFull } from '../passwords/gate.ts'
import { isConflict, isDatabaseBusy, isDatabaseDown } from '../storage/errors.ts'
import { noteOutage } from './outages.ts'
import { BodyAborted, jsonAnswer, plainAnswer, type TransportAnswer } from './transport.ts'

const pauseInOutageSeconds = 5

/** The answer where something broke: never a detail, but the id that the log line has too. */
export function failureAnswer(server: Server, error: unknown, requestId: string): TransportAnswer {
  if (error instanceof GateFull) {
    server.log.warn({ requestId }, 'too many passwords are being checked: asked to come back later')
    return unavailable(error.retryAfterSeconds)
  }
  if (isDatabaseBusy(error) || isConflict(error)) {
    server.log.error({ requestId, err: error }, 'the database was too busy to answer in time')
    return unavailable(1)
  }
  if (error instanceof LimiterDown) {
    noteOutage(server, 'limits', { requestId, error })
    return unavailable(pauseInOutageSeconds)
  }
  if (isDatabaseDown(error)) {
    noteOutage(server, 'database', { requestId, error })
    return unavailable(pauseInOutageSeconds)
  }
  if (isAborted(error)) return plainAnswer(400, 'The request ended before its body did.')
  server.log.error({ requestId, err: error }, 'a request failed unexpectedly')
  return jsonAnswer(500, JSON.stringify({ status: 500 }))
}

/** The client went away while it was sending: nobody is left to read an answer. */
function isAborted(error: unknown): boolean {
  return error instanceof BodyAborted
}

function unavailable(retryAfterSeconds: number): TransportAnswer {
  const answered = jsonAnswer(503, JSON.stringify({ status: 503 }))
  answered.headers.push(['retry-after', String(retryAfterSeconds)])
  return answered
}
