import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Assembled } from '../assemble.ts'
import { serve } from '../http/serve.ts'
import { BodyAborted, type TransportAnswer, type TransportRequest } from '../http/transport.ts'

const mostDrainedBytes = 1_048_576

/** Answers a request of Node's server; `beforeSending` sees the answer off. */
export function answerIncoming(
  { server, served }: Assembled,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  beforeSending: () => void = () => {},
): void {
  serve(server, served, fromIncoming(incoming))
    .then((answered) => {
      beforeSending()
      send(incoming, outgoing, answered)
    })
    .catch((error: unknown) => {
      server.log.error({ err: error }, 'an answer could not be sent')
      outgoing.destroy()
    })
}

function send(
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
  let left = mostDrainedBytes
  incoming.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) incoming.destroy()
  })
}

function fromIncoming(incoming: IncomingMessage): TransportRequest {
  const { socket, headers } = incoming
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    isEncrypted: 'encrypted' in socket && socket.encrypted === true,
    remoteAddress: socket.remoteAddress ?? '',
    header(name) {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    readBody: (maxBytes) => readBody(incoming, maxBytes),
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
