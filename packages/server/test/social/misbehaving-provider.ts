// A provider that does as it is told, but for one fault at a time.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose'

export type Claims = Record<string, unknown>

/** What an id_token can be made of. */
export interface Signing {
  claims: Claims
  header: JWTHeaderParameters
  key: CryptoKey
  /** Of nobody that the provider names. */
  foreignKey: CryptoKey
  publicPem: string
  clientSecret: string
}

/** Answers a request in place of the honest answer. */
export type Misanswer = (answer: ServerResponse, honest: object) => void

/** What is wrong. What is not named here is as it should be. */
export interface Fault {
  configuration?: Misanswer
  jwks?: Misanswer
  token?: Misanswer
  userinfo?: Misanswer
  claims?(honest: Claims): Claims
  header?: Partial<JWTHeaderParameters>
  sign?(signing: Signing): Promise<string> | string
  /** Changes what the browser comes back with. */
  callback?(query: URLSearchParams): void
}

export interface MisbehavingProvider {
  issuer: string
  fault: Fault
  /** Whom it vouches for. */
  claims: Claims
  /** What was asked, by the last part of the path. */
  asked: string[]
  /** All that it handed out and nobody may write down. */
  secrets: string[]
  /** What a browser comes back with that was sent to `location`. */
  authorize(location: string): string
  /** An id_token as a client gets it that is not sent here by us. */
  idToken(): Promise<string>
  /** Signs with a new key from now on; the others are gone. */
  rotate(): Promise<void>
  stop(): Promise<void>
}

export const clientId = 'latchkey'
export const clientSecret = 'the secret of the client, which nobody may log'

/** Starts it on a free port. `now` is the time that its tokens show. */
export async function startMisbehavingProvider(now: () => number): Promise<MisbehavingProvider> {
  const http = createServer()
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  // A server that listens on a port has an address of this kind.
  const { port } = http.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const { privateKey: foreignKey } = await generateKeyPair('RS256')
  const nonces = new Map<string, string | null>()
  let own = await makeKey()

  const peer: MisbehavingProvider = {
    issuer,
    fault: {},
    claims: { sub: 'ann' },
    asked: [],
    secrets: [],
    authorize(location) {
      const asked = new URL(location).searchParams
      const code = keepSecret('code')
      nonces.set(code, asked.get('nonce'))
      const back = new URL(asked.get('redirect_uri') ?? '')
      const query = new URLSearchParams({ code, state: asked.get('state') ?? '', iss: issuer })
      peer.secrets.push(asked.get('state') ?? '', asked.get('nonce') ?? '')
      peer.fault.callback?.(query)
      back.search = query.toString()
      return back.href
    },
    idToken: () => makeIdToken(null),
    async rotate() {
      own = await makeKey()
    },
    async stop() {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }

  function keepSecret(name: string): string {
    const secret = `${name}-${crypto.randomUUID()}`
    peer.secrets.push(secret)
    return secret
  }

  async function makeIdToken(nonce: string | null): Promise<string> {
    const iat = Math.floor(now() / 1000)
    const times = { iat, exp: iat + 600, auth_time: iat }
    const honest = { iss: issuer, aud: clientId, ...times, ...peer.claims }
    const { fault } = peer
    const asked = nonce === null ? honest : { ...honest, nonce }
    const claims = fault.claims?.(asked) ?? asked
    const header = { alg: 'RS256', kid: own.kid, ...fault.header }
    const signing = { claims, header, key: own.key, publicPem: own.pem, foreignKey, clientSecret }
    const token = await (fault.sign ?? sign)(signing)
    // The header of a token is that of many.
    peer.secrets.push(...token.split('.').slice(1).filter(Boolean))
    return token
  }

  async function tokens(code: string): Promise<object> {
    return {
      access_token: keepSecret('access'),
      refresh_token: keepSecret('refresh'),
      token_type: 'Bearer',
      expires_in: 600,
      id_token: await makeIdToken(nonces.get(code) ?? null),
    }
  }

  async function honestAnswer(name: keyof Fault | undefined, body: string): Promise<object> {
    if (name === 'configuration') return describe(issuer)
    if (name === 'jwks') return { keys: [own.jwk] }
    if (name === 'token') return tokens(new URLSearchParams(body).get('code') ?? '')
    return peer.fault.claims?.(peer.claims) ?? peer.claims
  }

  http.on('request', async (request, answer) => {
    const name = /^\/(jwks|token|userinfo)$/.exec(request.url ?? '')?.[1] ?? 'configuration'
    peer.asked.push(name)
    let body = ''
    for await (const chunk of request) body += chunk
    const part = parts.find((it) => it === name)
    const misanswer = part ? peer.fault[part] : undefined
    const honest = await honestAnswer(part, body)
    answer.setHeader('content-type', 'application/json')
    if (misanswer) misanswer(answer, honest)
    else answer.end(JSON.stringify(honest))
  })
  return peer
}

const parts = ['configuration', 'jwks', 'token', 'userinfo'] as const

function sign({ claims, header, key }: Signing): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader(header)
    .sign(key, { crit: { 'urn:example:unheard': true } })
}

function describe(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  }
}

async function makeKey(): Promise<{ key: CryptoKey; kid: string; jwk: JWK; pem: string }> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const bare = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(bare)
  const jwk = { ...bare, kid, alg: 'RS256', use: 'sig' }
  return { key: privateKey, kid, jwk, pem: await exportSPKI(publicKey) }
}
