import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import {
  createIdentityProvider,
  type IdentityProvider,
} from '../../../packages/server/src/testing/identity-provider.ts'

/** An identity provider that browsers can go to. */
export interface Provider {
  issuer: string
  /** Who comes there; null: somebody who changes their mind. */
  person: { sub: string; email: string } | null
  /** The server's clock, by which it says when somebody came. */
  now: () => number
  /** The settings of a server that knows it. */
  settings: Record<string, unknown>
  stop(): Promise<void>
}

/** Starts one that asks nothing: it sends everybody back at once. */
export async function startProvider(): Promise<Provider> {
  let idp: IdentityProvider | undefined
  const http = createServer(async (incoming, outgoing) => {
    if (!idp) return outgoing.writeHead(503).end()
    const url = new URL(incoming.url ?? '/', idp.issuer)
    if (url.pathname === '/authorize') {
      const location = backFrom(url, provider, idp)
      return outgoing.writeHead(302, { location }).end()
    }
    const answer = await idp.fetch(url.href, await requestOf(incoming))
    outgoing
      .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
      .end(await answer.text())
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  // A server that listens on a port has an address of this kind.
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const provider: Provider = {
    issuer,
    person: null,
    now: Date.now,
    settings: settingsFor(issuer),
    async stop() {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
  idp = createIdentityProvider(() => provider.now(), issuer)
  return provider
}

function settingsFor(server_url: string): Record<string, unknown> {
  const settings = { server_url, reauthentication: true }
  const app = { provider_id: 'acme', name: 'Acme', client_id: 'latchkey', secret: 'known to both' }
  return {
    SOCIALACCOUNT_ALLOW_PRIVATE_ADDRESSES_INSECURE: true,
    SOCIALACCOUNT_PROVIDERS: { openid_connect: { APPS: [{ ...app, settings }] } },
  }
}

/** Where the browser goes back to. */
function backFrom(url: URL, { person }: Provider, idp: IdentityProvider): string {
  const back = new URL(url.searchParams.get('redirect_uri') ?? '')
  const answer = person
    ? idp.signIn(url.href, { ...person, email_verified: true })
    : new URLSearchParams({
        error: 'access_denied',
        state: url.searchParams.get('state') ?? '',
      })
  back.search = String(answer)
  return back.href
}

async function requestOf(
  incoming: IncomingMessage,
): Promise<Parameters<IdentityProvider['fetch']>[1]> {
  const { authorization = '' } = incoming.headers
  const method = incoming.method ?? 'GET'
  const body = method === 'GET' ? null : await text(incoming)
  return { method, headers: { authorization }, body }
}
