import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerIncoming } from '../../../server/src/node/answer.ts'
import {
  createSocialAuth,
  type SocialAuth,
} from '../../../server/src/socialaccount/testing/social.ts'
import { assertAnswer } from '../../../server/src/testing/contract.ts'
import type { UserInput } from '../../../server/src/users/create.ts'
import { type Client, type ClientOptions, createClient } from '../../src/index.ts'

/** A request as it came. */
export interface Seen {
  /** Such as `POST auth/login`. */
  what: string
  headers: IncomingHttpHeaders
}

/** What a test may put in the place of an answer. */
export interface Instead {
  status: number
  headers?: Record<string, string>
  body?: string
}

/** The server behind a port, with what it was asked. */
export interface TestServer {
  auth: SocialAuth
  url: string
  seen: Seen[]
  /** Asked before each request: what it returns is the answer, what it waits for delays it. */
  before: (what: string) => Promise<Instead | undefined> | Instead | undefined
  /** An app of the client; each answer is held against the contract. */
  app(options?: ClientOptions): Client
  count(what: string): number
  [Symbol.asyncDispose](): Promise<void>
}

export const ann = { email: 'ann@example.org', username: 'ann', password: 'velvet-Otter-41' }
export const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }

/** Starts a server on a port of its own. */
export async function startServer(
  settings: Readonly<Record<string, unknown>> = {},
  users: readonly UserInput[] = [ann, bob],
): Promise<TestServer> {
  const auth = await createSocialAuth(settings, { users })
  const http = createServer(async (incoming, outgoing) => {
    const what = `${incoming.method} ${incoming.url?.replace(/^.*\/v1\/|\?.*$/g, '')}`
    server.seen.push({ what, headers: incoming.headers })
    const instead = await server.before(what)
    if (!instead) return answerIncoming(auth, incoming, outgoing)
    outgoing.writeHead(instead.status, instead.headers).end(instead.body)
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  // What listens on a port has an address of this form.
  const { port } = http.address() as AddressInfo
  const url = `http://localhost:${port}`
  const server: TestServer = {
    auth,
    url,
    seen: [],
    before: () => undefined,
    app: (options) => createClient({ url, kind: 'app', fetch: checkedFetch, ...options }),
    count: (what) => server.seen.filter((it) => it.what === what).length,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections()
      http.close()
      await auth.close()
    },
  }
  return server
}

const checkedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  if (isJson && response.status < 500) {
    const text = await response.clone().text()
    const { pathname } = new URL(String(input))
    assertAnswer(init?.method ?? 'GET', pathname, response.status, JSON.parse(text))
  }
  return response
}

/** A promise, and what fulfils it. */
export function gate(): { opened: Promise<undefined>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  return { opened: promise, open: () => resolve(undefined) }
}
