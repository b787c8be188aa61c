import type { Agent, ClientRequest, RequestOptions } from 'node:http'
import type { LookupFunction } from 'node:net'

/** How the requests of one protocol go out. */
export interface Channel {
  agent: Agent
  request(this: void, options: RequestOptions): ClientRequest
}

/** Opens the channel of `https:` or `http:`; addresses come from `lookup`. */
export function openChannel(protocol: string, lookup: LookupFunction): Channel {
  const options = {
    lookup,
    keepAlive: true,
    // A kept connection serves the next requests of one login. It is let go before the other side
    // may close it, since a request that meets its end is lost.
    timeout: 2000,
    // One slow provider leaves room for the others.
    maxSockets: 16,
    maxTotalSockets: 128,
  }
  // Not imported: a start would load TLS, and with `node:http` the client of `fetch`.
  if (protocol !== 'https:') {
    const { Agent, request } = process.getBuiltinModule('node:http')
    return { agent: new Agent(options), request }
  }
  const { Agent, request } = process.getBuiltinModule('node:https')
  // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
  return { agent: new Agent({ ...options, rejectUnauthorized: true }), request }
}
