import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import type { Outbound } from '../outbound/outbound.ts'

/** What an identity provider says of somebody; members such as `nonce` or `aud` take the place of its own. */
export interface Claims {
  sub?: string | undefined
  [claim: string]: unknown
}

/** An issuer in the process of the test, which believes what the test says. */
export interface IdentityProvider {
  issuer: string
  fetch: Outbound['fetch']
  /** Signs somebody in: what they come back with from where a redirect led. */
  signIn(location: string, claims: Claims): URLSearchParams
  /** A token that a client got by itself. */
  idToken(claims: Claims, header?: object): Promise<string>
  /** What its endpoints were asked, oldest first: the path, and the fields of a form. */
  asked: { path: string; form: URLSearchParams }[]
  /** All that it has seen or given out and nobody else may see. */
  secrets: Set<string>
  /** Answers in the place of its own, by path. */
  answers: Map<string, () => Response | Promise<Response>>
}

const kid = 'first'

interface Grant {
  query: URLSearchParams
  claims: Claims
}

/** Starts an issuer. `now` is the clock of the server that asks it. */
export function createIdentityProvider(
  now: () => number,
  issuer = 'https://idp.example.org',
  clientId = 'latchkey',
): IdentityProvider {
  const keys = generateKeyPair('ES256', { extractable: true })
  const grants = new Map<string, Grant>()
  const told = new Map<string, Claims>()
  const secrets = new Set<string>()
  const asked: IdentityProvider['asked'] = []
  const answers: IdentityProvider['answers'] = new Map()

  function keep(secret: string | null): string {
    if (secret) secrets.add(secret)
    return secret ?? ''
  }

  async function idToken(claims: Claims, header: object = {}): Promise<string> {
    const { privateKey } = await keys
    const at = Math.floor(now() / 1000)
    const own = { iss: issuer, aud: clientId, iat: at, exp: at + 300 }
    const payload: JWTPayload = JSON.parse(JSON.stringify({ ...own, ...claims }))
    const token = new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid, ...header })
    return keep(await token.sign(privateKey))
  }

  async function redeem(form: URLSearchParams): Promise<Response> {
    const code = form.get('code') ?? ''
    const grant = grants.get(code)
    grants.delete(code)
    const verifier = keep(form.get('code_verifier'))
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const isSame = (name: string) => grant?.query.get(name) === form.get(name)
    const wanted = grant?.query.get('code_challenge') ?? null
    const isProved = wanted === null ? verifier === '' : wanted === challenge
    if (!grant || !isProved || !isSame('redirect_uri') || !isSame('client_id')) {
      return Response.json({ error: 'invalid_grant' }, { status: 400 })
    }
    const accessToken = keep(randomUUID())
    told.set(accessToken, grant.claims)
    const nonce = grant.query.get('nonce')
    return Response.json({
      access_token: accessToken,
      refresh_token: keep(randomUUID()),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: await idToken({ nonce, auth_time: Math.floor(now() / 1000), ...grant.claims }),
    })
  }

  async function answer(path: string, form: URLSearchParams, token: string): Promise<Response> {
    if (path === '/.well-known/openid-configuration') return Response.json(configurationOf(issuer))
    if (path === '/jwks') {
      const key = await exportJWK((await keys).publicKey)
      return Response.json({ keys: [{ ...key, kid, alg: 'ES256', use: 'sig' }] })
    }
    if (path === '/token') return redeem(form)
    const claims = told.get(token)
    if (path === '/userinfo' && claims) return Response.json(claims)
    return new Response('', { status: 401 })
  }

  return {
    issuer,
    asked,
    secrets,
    answers,
    idToken,
    async fetch(url, init = {}) {
      const { pathname } = new URL(url)
      const form = new URLSearchParams(String(init.body ?? ''))
      asked.push({ path: pathname, form })
      const authorization = new Headers(init.headers).get('authorization') ?? ''
      const own = answers.get(pathname)
      return own ? own() : answer(pathname, form, authorization.replace('Bearer ', ''))
    },
    signIn(location, claims) {
      const { origin, searchParams: query } = new URL(location)
      assert.equal(origin, issuer)
      for (const name of ['state', 'nonce']) keep(query.get(name))
      const code = keep(randomUUID())
      grants.set(code, { query, claims })
      return new URLSearchParams({ code, state: query.get('state') ?? '' })
    },
  }
}

function configurationOf(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    id_token_signing_alg_values_supported: ['ES256'],
    code_challenge_methods_supported: ['S256'],
  }
}
