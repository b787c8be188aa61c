import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on this machine, as one that an attacker would like to reach, or runs. */
export interface Target extends AsyncDisposable {
  port: number
  url: string
  /** How many connections it has had. */
  connections(): number
  /** How many of them are open. */
  openConnections(): number
}

export async function startTarget(listener: RequestListener): Promise<Target> {
  const server = createServer(listener)
  let connections = 0
  let openConnections = 0
  server.on('connection', (socket) => {
    connections++
    openConnections++
    socket.on('close', () => openConnections--)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    connections: () => connections,
    openConnections: () => openConnections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
