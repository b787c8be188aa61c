import type { IncomingHttpHeaders } from 'node:http'
import type { RequestHead } from '../http/transport.ts'

/** A `Request` of the web, or that of a framework, as far as it shows who sent it. */
export interface GuardedRequest {
  /** Without one, the request counts as one that changes something. */
  readonly method?: string | undefined
  readonly headers: Pick<Headers, 'get'> | IncomingHttpHeaders
  readonly url?: string | undefined
  /** Of Node's requests: whether it is encrypted decides which origin is the own one. */
  readonly socket?: object | undefined
}

/** A guarded request as the pipeline reads it. */
export function headOf({ method = '', headers, url, socket }: GuardedRequest): RequestHead {
  if (!isWebHeaders(headers)) {
    return {
      method,
      isEncrypted: socket !== undefined && 'encrypted' in socket && socket.encrypted === true,
      header(name) {
        const value = headers[name]
        return Array.isArray(value) ? value.join(', ') : value
      },
    }
  }
  const from = url !== undefined && URL.canParse(url) ? new URL(url) : null
  return {
    method,
    isEncrypted: from?.protocol === 'https:',
    header: (name) => headers.get(name) ?? (name === 'host' ? from?.host : undefined),
  }
}

function isWebHeaders(headers: GuardedRequest['headers']): headers is Pick<Headers, 'get'> {
  return typeof headers.get === 'function'
}
