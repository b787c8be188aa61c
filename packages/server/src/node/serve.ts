import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Assembled } from '../assemble.ts'
import { serve } from '../http/serve.ts'
import type { TransportAnswer, TransportRequest } from '../http/transport.ts'

// Importing it would load the client of `fetch` too, which takes longer than all else at a start.
const { createServer } = process.getBuiltinModule('node:http')

const headersTimeoutMs = 10_000
const requestTimeoutMs = 30_000
const mostDrainedBytes = 1_048_576

/** A server that listens. */
export interface Listening {
  url: string
  /** Stops accepting, lets running requests end for so long, then closes everything. */
  stop(timeoutSeconds: number): Promise<void>
}

/** Serves the API by HTTP/1.1. @throws the socket's error where the port can not be had. */
export async function listen(
  { server, served, close }: Assembled,
  { port, host }: { port: number; host: string },
): Promise<Listening> {
  const http = createServer({ headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs })
  http.on('request', (incoming, outgoing) => {
    serve(server, served, fromIncoming(incoming))
      .then((answered) => {
        // Once the server stops, nobody is to wait for what else comes over this connection.
        if (!http.listening) outgoing.shouldKeepAlive = false
        send(incoming, outgoing, answered)
      })
      .catch((error: unknown) => {
        server.log.error({ err: error }, 'an answer could not be sent')
        outgoing.destroy()
      })
  })
  http.on('error', (error) => server.log.error({ err: error }, 'the listening socket failed'))
  const address = await bind(http, port, host)
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    async stop(timeoutSeconds) {
      await stopAccepting(http, timeoutSeconds)
      await close()
    },
  }
}

function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answered: TransportAnswer,
): void {
  const { status, headers, body } = answered
  const length = Buffer.byteLength(body)
  const withLength = incoming.method === 'HEAD' ? [] : ['content-length', String(length)]
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
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function bind(http: HttpServer, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, host, () => {
      http.off('error', reject)
      // A server that listens on a port has an address of this form.
      resolve(http.address() as AddressInfo)
    })
  })
}

function stopAccepting(http: HttpServer, timeoutSeconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => http.closeAllConnections(), timeoutSeconds * 1000)
    http.close(() => {
      clearTimeout(timer)
      resolve()
    })
    http.closeIdleConnections()
  })
}
