/** What says who sent a request, and from which page. */
export interface RequestHead {
  readonly method: string
  readonly isEncrypted: boolean
  /** The value of a header, its name in lower case. */
  header(name: string): string | undefined
}

/** A request as a transport hands it over: Node's server, or a `Request` of any runtime. */
export interface TransportRequest extends RequestHead {
  /** Path and query, as they came. */
  readonly target: string
  readonly remoteAddress: string
  /** The body, or null where it is longer than `maxBytes`. @throws BodyAborted */
  readBody(maxBytes: number): Promise<Uint8Array | null>
}

/** The client went away before its body was complete. */
export class BodyAborted extends Error {
  override readonly name = 'BodyAborted'
}

/** An answer as a transport takes it. */
export interface TransportAnswer {
  status: number
  headers: [name: string, value: string][]
  body: string | Uint8Array
}

const noStore = 'max-age=0, no-cache, no-store, must-revalidate, private'

export function jsonAnswer(status: number, body: string): TransportAnswer {
  return {
    status,
    headers: [
      ['content-type', 'application/json'],
      ['cache-control', noStore],
      ['x-content-type-options', 'nosniff'],
    ],
    body,
  }
}

/** An answer that leads elsewhere; the location is still to be added. */
export function redirectAnswer(): TransportAnswer {
  const headers: TransportAnswer['headers'] = [
    ['cache-control', noStore],
    ['referrer-policy', 'no-referrer'],
  ]
  return { status: 302, headers, body: '' }
}

/** An answer outside of the API's envelope, for requests that do not even reach it. */
export function plainAnswer(status: number, text: string): TransportAnswer {
  return {
    status,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['cache-control', noStore],
      ['x-content-type-options', 'nosniff'],
      ['content-security-policy', "default-src 'none'"],
    ],
    body: `<!doctype html><title>${status}</title><p>${text}</p>\n`,
  }
}
