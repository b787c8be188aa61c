import { urlToHttpOptions } from 'node:url'
import { readAnswer } from './answer.ts'
import type { Channel } from './channel.ts'
import { OutboundError } from './outbound-error.ts'

/** What is sent: as for fetch, with less choice. */
export interface OutboundInit {
  /** @defaultValue 'GET' */
  method?: string | undefined
  headers?: Headers | Record<string, string> | undefined
  body?: string | URLSearchParams | null | undefined
  /** Redirects are never followed; the member is there for callers that say so. */
  redirect?: 'manual' | undefined
  signal?: AbortSignal | null | undefined
}

/** Sends a request and reads the whole answer, unless `signal` ends it before. */
export function send(
  url: URL,
  { method = 'GET', headers, body }: OutboundInit,
  { channel, maxBytes, signal }: { channel: Channel; maxBytes: number; signal: AbortSignal },
): Promise<Response> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const request = channel.request({
      ...urlToHttpOptions(url),
      method,
      headers: Object.fromEntries(completeHeaders(headers, body)),
      agent: channel.agent,
    })
    // Rejects by itself: a request that waits for a free connection says nothing when it is ended.
    signal.addEventListener('abort', () => {
      reject(signal.reason)
      request.destroy()
    })
    request.on('error', reject)
    request.on('response', (answer) => {
      readAnswer(answer, url.host, maxBytes).then(resolve, reject)
    })
    request.on('upgrade', (_, socket) => {
      socket.destroy()
      reject(new OutboundError('unreachable', url.host, 'another protocol'))
    })
    request.end(body?.toString())
  })
}

function completeHeaders(given: OutboundInit['headers'], body: OutboundInit['body']): Headers {
  const headers = new Headers(given)
  headers.set('accept-encoding', 'identity')
  // Some providers refuse requests without this one.
  if (!headers.has('user-agent')) headers.set('user-agent', 'latchkey')
  if (body instanceof URLSearchParams && !headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded')
  }
  return headers
}
