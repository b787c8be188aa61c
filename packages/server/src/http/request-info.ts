import type { RequestInfo } from '../exchange.ts'
import type { ServerSettings } from '../settings/settings.ts'
import { clientAddress } from './client-address.ts'
import { isSecure } from './hosts.ts'
import type { TransportRequest } from './transport.ts'

const longestUserAgent = 200

/** What flows look at of a request, but for its body. */
export function describeRequest(
  request: TransportRequest,
  settings: ServerSettings,
): Omit<RequestInfo, 'body'> {
  return {
    method: request.method,
    isSecure: isSecure(request, settings),
    ip: clientAddress(request, settings),
    // A text of PostgreSQL has no NUL in it.
    userAgent: (request.header('user-agent') ?? '')
      .replaceAll('\0', ' ')
      .slice(0, longestUserAgent),
    header: (name: string) => request.header(name),
    hasQuery: (name: string) => queryOf(request).has(name),
  }
}

/** The parameters in the address of a request. */
export function queryOf({ target }: TransportRequest): URLSearchParams {
  return new URLSearchParams(/\?([^#]*)/.exec(target)?.[1])
}
