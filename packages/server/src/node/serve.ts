import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Assembled } from '../assemble.ts'
import { answerIncoming } from './answer.ts'

// Importing it would load the client of `fetch` too, which takes longer than all else at a start.
const { createServer } = process.getBuiltinModule('node:http')

const headersTimeoutMs = 10_000
const requestTimeoutMs = 30_000

/** A server that listens. */
export interface Listening {
  url: string
  /** Stops accepting, lets running requests end for so long, then closes everything. */
  stop(timeoutSeconds: number): Promise<void>
}

/** Serves the API by HTTP/1.1. @throws the socket's error where the port can not be had. */
export async function listen(
  assembled: Assembled,
  { port, host }: { port: number; host: string },
): Promise<Listening> {
  const http = createServer({ headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs })
  http.on('request', (incoming, outgoing) => {
    answerIncoming(assembled, incoming, outgoing, () => {
      // Once the server stops, nobody is to wait for what else comes over this connection.
      if (!http.listening) outgoing.shouldKeepAlive = false
    })
  })
  http.on('error', (error) =>
    assembled.server.log.error({ err: error }, 'the listening socket failed'),
  )
  const address = await bind(http, port, host)
  return {
    url: urlOf(host, address.port),
    async stop(timeoutSeconds) {
      await stopAccepting(http, timeoutSeconds)
      await assembled.close()
    },
  }
}

/** The address to ask a server at. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Listens, and says where. */
export function bind(http: HttpServer, port: number, host: string): Promise<AddressInfo> {
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
