import type { Exchange, Server } from '../exchange.ts'
import { noWrites } from '../sessions/commit.ts'
import { openSession } from '../sessions/open.ts'
import { describeRequest } from './request-info.ts'
import type { TransportRequest } from './transport.ts'

/** A request of a browser to a page beside the API, with its session. */
export async function browserExchange(
  server: Server,
  request: TransportRequest,
): Promise<Exchange> {
  const { session } = await openSession(server, 'browser', request)
  const info = describeRequest(request, server.settings.server)
  return {
    server,
    client: 'browser',
    request: { ...info, body: {} },
    session,
    pending: noWrites(),
    paid: new Set(),
  }
}
