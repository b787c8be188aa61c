// A load balancer that knows nothing: each request goes to the next node, whether that lives or not.
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface NodeProxy {
  url: string
  /** Where requests go, in turn. They can be replaced. */
  nodes: string[]
  stop(): void
}

/** Starts it. What breaks behind it breaks in front of it: nothing is sent twice. */
export async function startProxy(nodes: readonly string[]): Promise<NodeProxy> {
  const agent = new Agent({ keepAlive: false })
  const targets = [...nodes]
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    turn = (turn + 1) % targets.length
    const { method, headers, url = '/' } = incoming
    const target = new URL(url, targets[turn])
    const forwarded = request(target, { agent, ...(method && { method }), headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.on('error', () => outgoing.destroy())
      answer.pipe(outgoing)
    })
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    nodes: targets,
    stop() {
      server.closeAllConnections()
      server.close()
      agent.destroy()
    },
  }
}
