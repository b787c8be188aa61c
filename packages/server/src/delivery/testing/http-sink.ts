import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'

/** What was posted. */
export interface Posted {
  headers: Record<string, string>
  body: string
  /** The body as JSON. */
  event: { type: string; timestamp: string; data: Record<string, unknown> }
}

/** An endpoint that keeps what it is sent. */
export interface HttpSink {
  port: number
  url: string
  received: Posted[]
  /** How it answers from now on. */
  answer: (response: ServerResponse) => void
  stop(): Promise<void>
}

export async function startHttpSink(wanted = 0): Promise<HttpSink> {
  const received: Posted[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    received.push({ headers, body, event: JSON.parse(body) })
    sink.answer(response)
  })
  server.listen(wanted, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const sink: HttpSink = {
    port,
    url: `http://127.0.0.1:${port}/events`,
    received,
    answer: (response) => response.writeHead(204).end(),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return sink
}

/** What a receiver makes of it. @throws Error where the signature is wrong or too old. */
export function verifyPosted(secret: string, { headers, body }: Posted): unknown {
  return new Webhook(secret).verify(body, headers)
}
