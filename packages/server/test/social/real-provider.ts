// A provider that others have written, to log in at: oidc-provider with its own pages.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import type { Configuration } from 'oidc-provider'

/** Who has an account there; the name to sign in with is the `sub`. */
export interface PeerAccount {
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
}

/** An application that is registered there. */
export interface PeerClient {
  client_id: string
  client_secret: string
  redirect_uris: string[]
  token_endpoint_auth_method?: 'client_secret_basic' | 'client_secret_post'
}

export interface RealProvider {
  issuer: string
  stop(): Promise<void>
}

/** Starts it on a free port. `clients` may depend on nothing but what is known before. */
export async function startRealProvider(
  clients: readonly PeerClient[],
  accounts: readonly PeerAccount[],
): Promise<RealProvider> {
  const http = createServer()
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  // A server that listens on a port has an address of this kind.
  const { port } = http.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  // It takes a while to load, which only those wait for who use it.
  const { Provider } = await import('oidc-provider')
  const provider = new Provider(issuer, await configure(clients, accounts))
  http.on('request', provider.callback())
  return {
    issuer,
    async stop() {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
}

async function configure(
  clients: readonly PeerClient[],
  accounts: readonly PeerAccount[],
): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), kid: 'peer', alg: 'RS256', use: 'sig' }
  return {
    clients: clients.map((client) => ({
      grant_types: ['authorization_code', 'refresh_token'],
      ...client,
    })),
    jwks: { keys: [key] },
    cookies: { keys: ['a key that only the tests know'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: true }, claimsParameter: { enabled: true } },
    pkce: { required: () => true },
    issueRefreshToken: () => true,
    ttl: {
      AccessToken: 600,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      RefreshToken: 600,
      Session: 600,
    },
    async findAccount(_, id) {
      const account = accounts.find(({ sub }) => sub === id)
      return account && { accountId: id, claims: async () => ({ ...account }) }
    },
  }
}
