import type { Server } from '../exchange.ts'
import type { Pages } from '../http/pages.ts'
import { jsonAnswer, type TransportAnswer } from '../http/transport.ts'
import { probe } from '../storage/probe.ts'

/** For load balancers: whether the process runs, and whether it can do its work. */
export function healthPages(server: Server): Pages {
  return new Map([
    ['/health/live', async () => report(200, { status: 'ok' })],
    ['/health/ready', () => readiness(server)],
  ])
}

async function readiness(server: Server): Promise<TransportAnswer> {
  try {
    await probe(server.db)
    return report(200, { status: 'ok' })
  } catch (error) {
    server.log.error({ err: error }, 'the database does not answer')
    return report(503, { status: 'unavailable', reason: 'database' })
  }
}

function report(status: number, body: object): TransportAnswer {
  return jsonAnswer(status, JSON.stringify(body))
}
