import assert from 'node:assert/strict'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { unsealTokens } from '../../src/socialaccount/tokens.ts'
import { createTestAuth, type TestAuth } from '../../src/testing/auth.ts'
import { TestClient } from '../../src/testing/client.ts'
import { type Behaviour, PeerBrowser } from './peer-browser.ts'
import { type RealProvider, startRealProvider } from './real-provider.ts'
import { arrive, type Begun, begin, errorAt } from './redirect.ts'

const appUrl = 'http://127.0.0.1:9/app'
const secret = 'a secret of the client at the peer'
const reauthenticationSeconds = 20

const people = ['ann', 'bob', 'cid', 'dee', 'eve', 'flo', 'gus', 'hal'].map((sub) => ({
  sub,
  email: `${sub}@example.org`,
  email_verified: sub !== 'hal',
  name: `${sub} of the Peer`,
}))

function callbackOf(provider: string): string {
  return `http://localhost/accounts/oidc/${provider}/login/callback/`
}

let peer: RealProvider
let auth: TestAuth

beforeAll(async () => {
  peer = await startRealProvider(
    [
      {
        client_id: 'latchkey',
        client_secret: secret,
        redirect_uris: [callbackOf('acme'), appUrl],
        token_endpoint_auth_method: 'client_secret_post',
      },
      {
        client_id: 'latchkey: basic',
        client_secret: `${secret}: +%`,
        redirect_uris: [callbackOf('acme-basic')],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    people,
  )
  const settings = { server_url: peer.issuer }
  auth = await createTestAuth({
    settings: {
      SOCIALACCOUNT_ALLOW_PRIVATE_ADDRESSES_INSECURE: true,
      SOCIALACCOUNT_REAUTHENTICATION_ENABLED: true,
      SOCIALACCOUNT_STORE_TOKENS: true,
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_REAUTHENTICATION_REQUIRED: true,
      ACCOUNT_REAUTHENTICATION_TIMEOUT: reauthenticationSeconds,
      SOCIALACCOUNT_PROVIDERS: {
        openid_connect: {
          APPS: [
            { provider_id: 'acme', client_id: 'latchkey', secret, settings },
            {
              provider_id: 'acme-basic',
              client_id: 'latchkey: basic',
              secret: `${secret}: +%`,
              settings: { ...settings, token_auth_method: 'client_secret_basic' },
            },
          ],
        },
      },
    },
  })
})

afterAll(async () => {
  await auth?.close()
  await peer?.stop()
})

/** One person with a browser, at the server and at the peer. */
function person() {
  const client = auth.client('browser')
  const browser = new PeerBrowser(peer.issuer)
  return {
    client,
    browser,
    /** Goes to the peer and comes back; the error that the page is told, or null. */
    async go(begun: Partial<Begun>, behaviour: Behaviour): Promise<string | null> {
      const there = await begin(client, { provider: 'acme', ...begun })
      return errorAt(await arrive(client, await browser.follow(there, behaviour)))
    },
  }
}

async function userOf(client: TestClient) {
  const { status, body } = await client.get('auth/session')
  return status === 200 ? body.data?.user : undefined
}

async function accountsOf(client: TestClient): Promise<string[]> {
  const { body } = await client.get('account/providers')
  assert.ok(Array.isArray(body.data))
  return body.data.map(({ uid, provider }) => `${provider.id} ${uid}`)
}

describe('a login by a real provider', () => {
  it('signs somebody new up, and logs them in the next time', async () => {
    const { client, browser, go } = person()
    assert.equal(await go({}, { as: 'ann' }), null)
    assert.deepEqual(browser.seen, ['Sign-in', 'Authorize'])
    const first = await userOf(client)
    assert.equal(first?.email, 'ann@example.org')
    assert.equal(first?.has_usable_password, false)

    await client.delete('auth/session')
    assert.equal(await userOf(client), undefined)
    assert.equal(await go({}, { as: 'ann' }), null)
    assert.equal((await userOf(client))?.id, first?.id)
    assert.deepEqual(await accountsOf(client), ['acme ann'])

    const elsewhere = person()
    assert.equal(await elsewhere.go({}, { as: 'ann' }), null)
    assert.equal((await userOf(elsewhere.client))?.id, first?.id)
  })

  it('authenticates at the token endpoint by HTTP Basic where the settings say so', async () => {
    const { client, go } = person()
    assert.equal(await go({ provider: 'acme-basic' }, { as: 'bob' }), null)
    assert.equal((await userOf(client))?.email, 'bob@example.org')
  })

  it('says that it was cancelled where consent is denied', async () => {
    const { client, go } = person()
    assert.equal(await go({}, { as: 'cid', denies: true }), 'cancelled')
    assert.equal(await userOf(client), undefined)
    assert.equal(await go({}, { as: 'cid' }), null)
  })

  it('has an address that is not verified there verified here', async () => {
    const { client, go } = person()
    assert.equal(await go({}, { as: 'hal' }), null)
    assert.equal(TestClient.pending(await client.get('auth/session')), 'verify_email')
  })

  it('works once: what came back with a code can not come back again', async () => {
    const { client, browser } = person()
    const there = await begin(client, { provider: 'acme' })
    const back = await browser.follow(there, { as: 'ann' })
    assert.equal(errorAt(await arrive(client, back)), null)
    const { pathname, search } = new URL(back)
    assert.equal((await client.get(pathname + search)).status, 400)
  })

  it('goes to nobody who has not begun it', async () => {
    const { client, browser } = person()
    const there = await begin(client, { provider: 'acme' })
    const { pathname, search } = new URL(await browser.follow(there, { as: 'ann' }))
    const other = auth.client('browser')
    assert.equal((await other.get(pathname + search)).status, 400)
    assert.equal(await userOf(other), undefined)
  })
})

describe('the accounts at a real provider', () => {
  it('are connected and disconnected', async () => {
    const { client, go } = person()
    assert.equal(await go({}, { as: 'dee' }), null)
    const second = { provider: 'acme-basic', process: 'connect' } as const
    assert.equal(await go(second, { as: 'dee' }), null)
    assert.deepEqual(await accountsOf(client), ['acme dee', 'acme-basic dee'])

    const gone = { provider: 'acme', account: 'dee' }
    assert.equal((await client.delete('account/providers', gone)).status, 200)
    assert.deepEqual(await accountsOf(client), ['acme-basic dee'])
    const last = { provider: 'acme-basic', account: 'dee' }
    const refused = await client.delete('account/providers', last)
    assert.deepEqual(TestClient.errors(refused), ['no_password@-'])
  })

  it('stay with whoever connected them', async () => {
    const { client, browser, go } = person()
    assert.equal(await go({ provider: 'acme-basic' }, { as: 'eve' }), null)
    // Ann has it.
    const other = person()
    assert.equal(await other.go({}, { as: 'ann' }), null)
    browser.forget()
    assert.equal(await go({ process: 'connect' }, { as: 'ann' }), 'connected_other')
    assert.deepEqual(await accountsOf(client), ['acme-basic eve'])
  })

  it('have their tokens stored so that nobody reads them in the database', async () => {
    const { go } = person()
    assert.equal(await go({}, { as: 'flo' }), null)
    const { db, keys, providers } = auth.server
    const row = await db
      .selectFrom('social_tokens')
      .innerJoin('social_accounts', 'social_accounts.id', 'social_tokens.account_id')
      .select(['sealed_tokens', 'client_id', 'expires_at'])
      .where('uid', '=', 'flo')
      .executeTakeFirstOrThrow()
    const whose = { provider: 'acme', uid: 'flo' }
    const tokens = unsealTokens(keys, whose, row.sealed_tokens)
    assert.ok(tokens?.refreshToken)
    assert.ok(!row.sealed_tokens.includes(tokens.accessToken))
    assert.ok(!row.sealed_tokens.includes(tokens.refreshToken))
    assert.equal(unsealTokens(keys, { ...whose, uid: 'ann' }, row.sealed_tokens), undefined)
    assert.equal(row.client_id, 'latchkey')
    assert.equal(row.expires_at, auth.clock.now + 600_000)

    const app = providers.find('acme', 'latchkey')
    assert.ok(app)
    const protocol = await providers.protocol()
    const fresh = await protocol.refresh(app, tokens.refreshToken)
    assert.notEqual(fresh.accessToken, tokens.accessToken)
  })
})

describe('a reauthentication by a real provider', () => {
  const process = 'reauthenticate'

  it('has the provider ask again, and counts as fresh', async () => {
    const { client, browser, go } = person()
    assert.equal(await go({}, { as: 'gus' }), null)
    assert.equal(await go({ provider: 'acme-basic', process: 'connect' }, { as: 'gus' }), null)
    auth.clock.advance(reauthenticationSeconds + 1)
    const stale = await client.delete('account/providers', { provider: 'acme', account: 'gus' })
    assert.equal(stale.status, 401)
    const flow = stale.body.data?.flows?.find(({ id }) => id === 'provider_redirect')
    assert.deepEqual(flow, { id: 'provider_redirect', providers: ['acme', 'acme-basic'] })

    const there = new URL(await begin(client, { provider: 'acme', process }))
    assert.equal(there.searchParams.get('prompt'), 'login')
    assert.equal(there.searchParams.get('max_age'), '0')
    browser.seen.length = 0
    const back = await browser.follow(there.href, { as: 'gus' })
    assert.equal(browser.seen[0], 'Sign-in')
    assert.equal(errorAt(await arrive(client, back)), null)

    const { body } = await client.get('auth/session')
    const methods = body.data?.methods ?? []
    assert.deepEqual(Object.keys(methods.at(-1) ?? {}).toSorted(), [
      'at',
      'method',
      'provider',
      'reauthenticated',
      'uid',
    ])
    const gone = await client.delete('account/providers', { provider: 'acme', account: 'gus' })
    assert.equal(gone.status, 200)
  })

  it('is refused where the provider did not ask again', async () => {
    const { client, browser, go } = person()
    assert.equal(await go({}, { as: 'ann' }), null)
    const now = auth.clock.now
    auth.clock.advance(400)
    const there = new URL(await begin(client, { provider: 'acme', process }))
    // Whoever sits at the browser may leave out what we ask for.
    there.searchParams.delete('prompt')
    there.searchParams.set('max_age', '86400')
    const back = await browser.follow(there.href, { as: 'ann' })
    assert.equal(errorAt(await arrive(client, back)), 'unknown')
    auth.clock.now = now
    const reasons = auth.logged.map(({ details }) => details)
    assert.deepEqual(reasons.at(-1), { provider: 'acme', reason: 'the user was not asked again' })
  })

  it('is refused to anybody else', async () => {
    const { client, browser, go } = person()
    assert.equal(await go({}, { as: 'ann' }), null)
    browser.forget()
    assert.equal(await go({ process }, { as: 'bob' }), 'unknown')
    assert.equal((await userOf(client))?.email, 'ann@example.org')
  })
})

describe('POST auth/provider/token with an id_token of a real provider', () => {
  it('logs in whoever an app has signed in there by itself', async () => {
    const client = auth.client('app')
    const token = { client_id: 'latchkey', id_token: await idTokenFor('cid') }
    const input = { provider: 'acme', process: 'login', token }
    const answer = await client.post('auth/provider/token', input)
    assert.equal(answer.status, 200, answer.text)
    assert.equal(answer.body.data?.user?.email, 'cid@example.org')
    assert.deepEqual(await accountsOf(client), ['acme cid'])
  })

  it('refuses one that was made for another client', async () => {
    const client = auth.client('app')
    const token = { client_id: 'latchkey: basic', id_token: await idTokenFor('cid') }
    const input = { provider: 'acme-basic', process: 'login', token }
    const answer = await client.post('auth/provider/token', input)
    assert.deepEqual(TestClient.errors(answer), ['invalid_token@token'])
  })
})

/** What an app does that signs people in at the peer itself. */
async function idTokenFor(as: string): Promise<string> {
  const verifier = 'a-verifier-that-is-long-enough-for-the-specification'
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const there = new URL(`${peer.issuer}/auth`)
  there.search = new URLSearchParams({
    client_id: 'latchkey',
    redirect_uri: appUrl,
    response_type: 'code',
    scope: 'openid email',
    claims: JSON.stringify({ id_token: { email: null, email_verified: null } }),
    code_challenge: Buffer.from(hash).toString('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  const back = new URL(await new PeerBrowser(peer.issuer).follow(there.href, { as }))
  const answer = await fetch(`${peer.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'latchkey',
      client_secret: secret,
      redirect_uri: appUrl,
      code: back.searchParams.get('code') ?? '',
      code_verifier: verifier,
    }),
  })
  const { id_token: idToken } = await answer.json()
  assert.equal(typeof idToken, 'string')
  return idToken
}
