// Tokens that were made for somebody else, by somebody else or for another time are handed over.
import assert from 'node:assert/strict'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { describe, it } from 'vitest'
import {
  appAt,
  begin,
  comeBack,
  count,
  createSocialAuth,
  handOver,
  locationOf,
  visit,
} from '../../src/socialaccount/testing/social.ts'
import { createTestAuth } from '../../src/testing/auth.ts'
import { TestClient } from '../../src/testing/client.ts'

const { errors } = TestClient
const told = { sub: '1', email: 'carl@example.org', email_verified: true }
const bare = { ACCOUNT_RATE_LIMITS: false, INSTALLED_APPS: ['allauth.socialaccount'] }
const refused = [400, 'invalid_token@token']

function summary(answer: Awaited<ReturnType<typeof handOver>>) {
  return [answer.status, ...errors(answer)]
}

describe('an id_token', () => {
  it('with a jti works once', async () => {
    await using auth = await createSocialAuth()
    const token = await auth.idp.idToken({ ...told, jti: 'a' })
    assert.equal((await handOver(auth.client('app'), token)).status, 200)
    assert.deepEqual(summary(await handOver(auth.client('app'), token)), refused)
    const same = await auth.idp.idToken({ ...told, jti: 'a', nonce: 'another' })
    assert.deepEqual(summary(await handOver(auth.client('browser'), same)), refused)
  })

  it('with a jti works once of many times at once', async () => {
    await using auth = await createSocialAuth()
    await handOver(auth.client('app'), await auth.idp.idToken(told))
    const token = await auth.idp.idToken({ ...told, jti: 'a' })
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => handOver(auth.client('app'), token)),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    const others = answers.filter(({ status }) => status !== 200)
    for (const it of others) assert.deepEqual(summary(it), refused)
    const sessions = await auth.server.db.selectFrom('sessions').select('user_id').execute()
    assert.equal(sessions.filter(({ user_id }) => user_id !== null).length, 2)
  })

  it('with a jti of another issuer is another one', async () => {
    await using auth = await createSocialAuth()
    await handOver(auth.client('app'), await auth.idp.idToken({ ...told, jti: 'a' }))
    const token = await auth.other.idToken({ sub: '1', email: 'x@example.org', jti: 'a' })
    assert.equal((await handOver(auth.client('app'), token, { provider: 'other' })).status, 200)
  })

  it('that was refused uses its jti up for nobody', async () => {
    await using auth = await createSocialAuth({ ACCOUNT_EMAIL_VERIFICATION: 'none' })
    const token = await auth.idp.idToken({ ...told, jti: 'a' })
    const anonymous = await handOver(auth.client('app'), token, { process: 'connect' })
    assert.equal(anonymous.status, 403)
    assert.equal((await handOver(auth.client('app'), token)).status, 200)
  })

  const wrong: Readonly<Record<string, { claims?: object; header?: object }>> = {
    'for another app': { claims: { aud: 'another' } },
    'for nobody': { claims: { aud: undefined } },
    'for an app of a longer name': { claims: { aud: 'latchkey2' } },
    'that another app has asked for': { claims: { azp: 'another' } },
    'for two apps, of which nobody says who asked': { claims: { aud: ['latchkey', 'another'] } },
    'of another issuer': { claims: { iss: 'https://evil.example' } },
    'of no issuer': { claims: { iss: undefined } },
    'of nobody': { claims: { sub: undefined } },
    'without end': { claims: { exp: undefined } },
    'that is over': { claims: { exp: 1 } },
    'that is not yet good': { claims: { nbf: 9_999_999_999 } },
    'from the future': { claims: { iat: 9_999_999_000, exp: 9_999_999_999 } },
    'of an age that is not told': { claims: { iat: undefined } },
    'without the id of its key': { header: { kid: undefined } },
    'with the id of another key': { header: { kid: 'second' } },
    'that is an access token': { header: { typ: 'at+jwt' } },
    'that is a token to sign out': { header: { typ: 'logout+jwt' } },
    'with a part that has to be understood': { header: { crit: ['x'], x: 1 } },
  }
  it.each(Object.entries(wrong))('%s opens nothing', async (_, { claims, header }) => {
    await using auth = await createSocialAuth()
    // The library refuses to sign some of them.
    const token = await auth.idp.idToken({ ...told, ...claims }, header).catch(() => 'a.b.c')
    assert.deepEqual(summary(await handOver(auth.client('app'), token)), refused)
    assert.equal(await count(auth, 'users'), 0)
  })

  it('that somebody else has signed opens nothing, wherever it says that the key is', async () => {
    await using auth = await createSocialAuth()
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const { exportJWK } = await import('jose')
    const jwk = await exportJWK(publicKey)
    const at = Math.floor(auth.clock.now / 1000)
    const claims = { ...told, iss: auth.idp.issuer, aud: 'latchkey', iat: at, exp: at + 300 }
    const alg = 'ES256'
    for (const header of [
      { kid: 'first' },
      { kid: 'first', jwk },
      { kid: 'first', jku: 'https://evil.example/jwks' },
      { kid: 'https://evil.example/jwks' },
      { kid: '../../jwks' },
      { kid: 'first', x5u: 'https://evil.example/x' },
    ]) {
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg, ...header })
        .sign(privateKey)
      assert.deepEqual(summary(await handOver(auth.client('app'), token)), refused)
    }
    const secret = new TextEncoder().encode(await exportSPKI(publicKey))
    const shared = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'first' })
    assert.deepEqual(
      summary(await handOver(auth.client('app'), await shared.sign(secret))),
      refused,
    )
    const right = await auth.idp.idToken(told)
    const [, payload = ''] = right.split('.')
    const none = Buffer.from('{"alg":"none","kid":"first"}').toString('base64url')
    for (const token of [`${none}.${payload}.`, `${right}x`, right.slice(0, -9), `${payload}`]) {
      assert.deepEqual(summary(await handOver(auth.client('app'), token)), refused)
    }
    // Only the issuer of the settings was asked for keys.
    assert.deepEqual(
      new Set(auth.idp.asked.map(({ path }) => path)),
      new Set(['/.well-known/openid-configuration', '/jwks']),
    )
  })

  it('is asked for by no client id but one of the settings', async () => {
    await using auth = await createSocialAuth()
    const id_token = await auth.idp.idToken(told)
    for (const client_id of [
      'another',
      'LATCHKEY',
      'latchkey ',
      'latchkey,another',
      ['latchkey'],
      1,
      null,
      '',
    ]) {
      const answer = await handOver(auth.client('app'), '', { token: { client_id, id_token } })
      assert.equal(answer.status, 400, JSON.stringify(client_id))
    }
    assert.equal(await count(auth, 'users'), 0)
  })
})

describe('an access token of Facebook', () => {
  const settings = {
    ...bare,
    SOCIALACCOUNT_PROVIDERS: { facebook: { APPS: [{ client_id: '1', secret: 'app-secret' }] } },
  }

  async function hand(data: object | null, client_id: unknown = '1') {
    const asked: string[] = []
    const auth = await createTestAuth({
      settings,
      async fetch(url) {
        const { pathname } = new URL(url)
        asked.push(pathname.slice(pathname.lastIndexOf('/') + 1))
        if (pathname.endsWith('/debug_token')) return Response.json({ data })
        return Response.json({ id: '7', name: 'Carl', email: 'carl@example.org' })
      },
    })
    await using _ = auth
    const token = { client_id, access_token: 'facebook-access-token' }
    const input = { provider: 'facebook', process: 'login', token }
    const answer = await auth.client('app').post('auth/provider/token', input)
    const log = JSON.stringify(auth.logged)
    assert.doesNotMatch(log, /facebook-access-token|app-secret/)
    return { answer, asked, users: await count(auth, 'users') }
  }

  it('opens nothing where it was made for another app', async () => {
    const others = [
      { is_valid: true, app_id: '2' },
      { is_valid: true, app_id: '11' },
      { is_valid: true, app_id: ['1'] },
      { is_valid: true },
      { is_valid: false, app_id: '1' },
      { is_valid: 'true', app_id: '1' },
      { app_id: '1' },
      {},
      null,
    ]
    for (const data of others) {
      const { answer, asked, users } = await hand(data)
      assert.deepEqual(summary(answer), refused, JSON.stringify(data))
      assert.deepEqual([asked, users], [['debug_token'], 0])
    }
  })

  it('opens the account where it was made for this one', async () => {
    const { users } = await hand({ is_valid: true, app_id: '1' })
    assert.equal(users, 1)
  })
})

describe('an id_token of Facebook', () => {
  const settings = {
    ...bare,
    SOCIALACCOUNT_PROVIDERS: { facebook: { APPS: [{ client_id: '1' }] } },
  }
  const at = Math.floor(Date.now() / 1000)
  const own = { iss: 'https://www.facebook.com', aud: '1', sub: '7', iat: at, exp: at + 300 }

  async function hand(claims: object) {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }]
    const auth = await createTestAuth({
      settings,
      async fetch(url) {
        assert.equal(String(url), 'https://limited.facebook.com/.well-known/oauth/openid/jwks/')
        return Response.json({ keys })
      },
    })
    await using _ = auth
    const id_token = await new SignJWT({ ...own, email: 'carl@example.org', ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .sign(privateKey)
    const input = { provider: 'facebook', process: 'login', token: { client_id: '1', id_token } }
    const answer = await auth.client('app').post('auth/provider/token', input)
    return { answer, users: await count(auth, 'users') }
  }

  it.each([{ aud: '2' }, { iss: 'https://idp.example.org' }, { exp: at - 300 }, { sub: '' }])(
    'opens nothing with %o',
    async (claims) => {
      const { answer, users } = await hand(claims)
      assert.deepEqual([summary(answer), users], [refused, 0])
    },
  )

  it('opens the account where it was made for this app', async () => {
    const { answer, users } = await hand({})
    assert.deepEqual([answer.status, users], [200, 1])
  })
})

describe('an issuer of the settings', () => {
  const private_ = [
    'http://127.0.0.1:1',
    'https://127.0.0.1',
    'https://localhost',
    'https://localhost.',
    'https://169.254.169.254',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:a9fe:a9fe]',
    'https://[fd00::1]',
    'https://[fe80::1]',
    'https://0.0.0.0',
    'https://10.0.0.1',
    'https://192.168.0.1',
    'https://2130706433',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'http://idp.example.org',
    'ftp://idp.example.org',
    'file:///etc/passwd',
    'https://user:password@idp.example.org',
  ]
  it.each(private_)('is not asked at %s', async (server_url) => {
    const providers = { openid_connect: { APPS: [appAt('idp', server_url)] } }
    // With the real guard: nothing takes the place of what asks.
    await using auth = await createTestAuth({
      settings: {
        ACCOUNT_RATE_LIMITS: false,
        SOCIALACCOUNT_PROVIDERS: providers,
        INSTALLED_APPS: ['allauth.socialaccount'],
      },
    })
    const client = auth.client('browser')
    assert.equal(locationOf(await begin(client)), '/back?error=unknown&error_process=login')
    const answer = await handOver(auth.client('app'), 'eyJhbGciOiJFUzI1NiJ9.e30.x')
    assert.deepEqual(summary(answer), refused)
    const reasons = auth.logged.map(({ details }) => ('reason' in details ? details.reason : ''))
    assert.equal(reasons.length, 2)
    for (const it of reasons)
      assert.match(String(it), /: not (asked by https|an address that may be asked)/)
  })

  const within = ['token_endpoint', 'userinfo_endpoint', 'jwks_uri'] as const
  it.each(within)('is not asked at a private %s that it names itself', async (endpoint) => {
    const { createOutbound } = await import('../../src/outbound/outbound.ts')
    const limits = { timeoutMs: 1000, maxBytes: 1000, allowsPrivateAddresses: false }
    const outbound = createOutbound(limits)
    const issuer = 'https://idp.example.org'
    const document = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      [endpoint]: 'https://169.254.169.254/latest',
    }
    await using auth = await createTestAuth({
      settings: {
        ...bare,
        SOCIALACCOUNT_PROVIDERS: { openid_connect: { APPS: [appAt('idp', issuer)] } },
      },
      async fetch(url, init) {
        if (String(url).includes('/.well-known/')) return Response.json(document)
        if (url === `${issuer}/token`) return Response.json({ access_token: 'a' })
        return outbound.fetch(url, init)
      },
    })
    const client = auth.client('browser')
    const state = new URL(locationOf(await begin(client))).searchParams.get('state') ?? ''
    await comeBack(client, new URLSearchParams({ code: 'x', state }))
    await handOver(auth.client('app'), 'eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.e30.x')
    outbound.close()
    assert.match(
      JSON.stringify(auth.logged),
      /"169\.254\.169\.254: not an address that may be asked"/,
    )
  })
})

describe('what a provider answers', () => {
  it('does not come to stand in the log', async () => {
    await using auth = await createSocialAuth()
    const paths = ['/userinfo', '/jwks', '/token', '/.well-known/openid-configuration']
    for (const path of paths) {
      for (const text of [
        'told-in-confidence',
        '{"a": told-in-confidence',
        '"told-in-confidence"',
      ]) {
        auth.idp.answers.set(path, () => new Response(text))
        await visit(auth, auth.client('browser'), { as: told }).catch(() => undefined)
        await handOver(auth.client('app'), await auth.idp.idToken(told))
        auth.idp.answers.clear()
        auth.clock.advance(3601)
      }
    }
    const log = JSON.stringify(auth.logged)
    assert.ok(auth.logged.length > 0)
    assert.doesNotMatch(log, /told|confid/)
  })

  it('is not what a token says of itself', async () => {
    await using auth = await createSocialAuth()
    const typ = 'forged line '.repeat(100)
    const token = await auth.idp.idToken(told, { typ })
    assert.deepEqual(summary(await handOver(auth.client('app'), token)), refused)
    assert.doesNotMatch(JSON.stringify(auth.logged), /forged line/)
  })
})
