import type { Server } from '../exchange.ts'
import { noteOutage } from '../http/outages.ts'
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
  } catch (error) {
    noteOutage(server, 'database', { error })
    return report(503, { status: 'unavailable', reason: 'database' })
  }
  try {
    await server.limiter.probe()
  } catch (error) {
    noteOutage(server, 'limits', { error })
    // All nodes share the store. Were they not ready, nobody would serve the sessions, which need none.
    return report(200, { status: 'degraded', reason: 'limits' })
  }
  return report(200, { status: 'ok' })
}

function report(status: number, body: object): TransportAnswer {
  return jsonAnswer(status, JSON.stringify(body))
}
