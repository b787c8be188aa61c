import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Assembled } from '../assemble.ts'
import { serve } from '../http/serve.ts'
import { BodyAborted, type TransportAnswer, type TransportRequest } from '../http/transport.ts'

const mostDrainedBytes = 1_048_576

/** A request of Node's server, and what frameworks that pass it on may have made of it. */
export interface Incoming extends IncomingMessage {
  /** The target as it came, where a framework has cut the path that it is mounted at off `url`. */
  originalUrl?: string
  /** What a body parser has read. */
  body?: unknown
}

/** Answers a request of Node's server; `beforeSending` sees the answer off. */
export function answerIncoming(
  { server, served }: Assembled,
  incoming: Incoming,
  outgoing: ServerResponse,
  beforeSending: () => void = () => {},
): void {
  function giveUp(error: unknown): void {
    server.log.error({ err: error }, 'an answer could not be sent')
    outgoing.destroy()
  }
  function finish(answered: TransportAnswer): void {
    try {
      beforeSending()
      send(incoming, outgoing, answered)
    } catch (error) {
      giveUp(error)
    }
  }
  serve(server, served, fromIncoming(incoming))
    // All that came at the same time is answered before any of it is sent: each writing gives up the processor.
    .then((answered) => setImmediate(finish, answered))
    .catch(giveUp)
}

/** Sends an answer of the pipeline. */
export function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answered: TransportAnswer,
): void {
  const { status, headers, body } = answered
  const length = Buffer.byteLength(body)
  // Of these, the length would be that of a body which is not sent.
  const isBare = incoming.method === 'HEAD' || status === 304
  const withLength = isBare ? [] : ['content-length', String(length)]
  outgoing.writeHead(status, [...headers.flat(), ...withLength])
  outgoing.end(body)
  drain(incoming)
}

/** Reads what is left of a body that nobody wanted, so that the connection can go on, but not for ever. */
function drain(incoming: IncomingMessage): void {
  // Whole already: there is nothing more to come.
  if (incoming.complete) return
  let left = mostDrainedBytes
  incoming.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) incoming.destroy()
  })
}

/** A request of Node's server as the pipeline reads it. */
export function fromIncoming(incoming: Incoming): TransportRequest {
  const { socket, headers } = incoming
  return {
    method: incoming.method ?? 'GET',
    target: incoming.originalUrl ?? incoming.url ?? '/',
    isEncrypted: 'encrypted' in socket && socket.encrypted === true,
    remoteAddress: socket.remoteAddress ?? '',
    header(name) {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    readBody: (maxBytes) =>
      incoming.readableDidRead ? bodyOfParser(incoming, maxBytes) : readBody(incoming, maxBytes),
  }
}

async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      size += chunk.length
      if (size > maxBytes) return null
      chunks.push(chunk)
    }
  } catch (error) {
    throw new BodyAborted('the body ended early', { cause: error })
  }
  return Buffer.concat(chunks)
}

/** @throws Error where a parser has kept nothing, for then there is nothing to go by. */
async function bodyOfParser(
  { body, headers }: Incoming,
  maxBytes: number,
): Promise<Uint8Array | null> {
  if (body === undefined) {
    throw new Error(
      'Something read the body before Latchkey and did not keep it in `body`: mount Latchkey first.',
    )
  }
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const isUrlEncoded = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const write = isUrlEncoded
    ? (it: object) => String(new URLSearchParams({ ...it }))
    : JSON.stringify
  const bytes = Buffer.from(isRaw ? body : write(body))
  return bytes.length > maxBytes ? null : bytes
}
