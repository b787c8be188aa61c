import assert from 'node:assert/strict'
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { base64url, CompactSign, decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import { describe, it } from 'vitest'
import { SettingsError } from '../settings/settings-error.ts'
import type { TestAuth } from '../testing/auth.ts'
import {
  ann,
  askWith,
  bob,
  createTokenAuth,
  type Held,
  logInWithTokens,
  refresh,
  statusWith,
  verifyElsewhere,
} from '../tokens/testing/signed-in.ts'

const pem = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }))
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const keys = {
  RS256: rsa.privateKey,
  RS512: rsa.privateKey,
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  ES512: generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey,
  EdDSA: generateKeyPairSync('ed25519').privateKey,
}
const sharedSecret = 'a shared secret of a decent length, 0123456789'

describe('an access token', () => {
  it.each(Object.entries(keys))(
    'signed with %s is verified by the published key',
    async (alg, key) => {
      await using auth = await createTokenAuth({
        HEADLESS_JWT_ALGORITHM: alg,
        HEADLESS_JWT_PRIVATE_KEY: pem(key),
      })
      const held = await logInWithTokens(auth)
      assert.equal(await statusWith(auth, held.access), 200)
      const { text: jwks } = await auth.client('app').get('/.well-known/jwks.json')
      assert.ok(!/"(d|p|q|k)":/.test(jwks))
      const { payload, protectedHeader } = await verifyElsewhere(auth, held.access)
      assert.equal(protectedHeader.alg, alg)
      assert.equal(payload.token_use, 'access')
      assert.equal(payload.sub, String((await held.client.get('auth/session')).body.data?.user?.id))
    },
  )

  it('has the claims and lifetimes that the settings say, and a name of its own each', async () => {
    await using auth = await createTokenAuth({
      HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN: 60,
      HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN: 600,
      HEADLESS_JWT_ISSUER: 'https://id.example.test',
      HEADLESS_JWT_AUDIENCE: ['api', 'files'],
    })
    const { access, refresh: refreshToken } = await logInWithTokens(auth)
    const claims = decodeJwt(access)
    const others = decodeJwt(refreshToken)
    assert.deepEqual(Object.keys(claims).sort(), [
      'aud',
      'exp',
      'iat',
      'iss',
      'jti',
      'sid',
      'sub',
      'token_use',
    ])
    assert.equal(claims.iat, Math.floor(auth.clock.now / 1000))
    assert.equal(Number(claims.exp) - Number(claims.iat), 60)
    assert.equal(Number(others.exp) - Number(others.iat), 600)
    assert.deepEqual(claims.aud, ['api', 'files'])
    assert.equal(claims.iss, 'https://id.example.test')
    // A refresh token is for nobody else.
    assert.equal(others.aud, undefined)
    assert.notEqual(claims.jti, others.jti)
    assert.deepEqual(decodeProtectedHeader(access), { alg: 'HS256', typ: 'JWT' })
  })

  it('carries what a function of the settings adds, which replaces nothing', async () => {
    await using auth = await createTokenAuth({
      HEADLESS_JWT_CLAIMS: ({ user }: { user: { email: string } }) => ({
        email: user.email,
        sub: 'somebody else',
        exp: 1,
      }),
    })
    const { access, refresh: refreshToken } = await logInWithTokens(auth)
    const claims = decodeJwt(access)
    assert.equal(claims.email, ann.email)
    assert.notEqual(claims.sub, 'somebody else')
    assert.equal(decodeJwt(refreshToken).email, undefined)
    assert.equal(await statusWith(auth, access), 200)
  })

  it('is left out where a function of the settings fails, and the login stands', async () => {
    await using auth = await createTokenAuth({
      HEADLESS_JWT_CLAIMS: () => {
        throw new Error('the roles can not be read')
      },
    })
    const client = auth.client('app')
    const { status, body } = await client.post('auth/login', ann)
    assert.equal(status, 200)
    assert.equal(body.meta?.access_token, undefined)
    assert.equal((await client.get('auth/session')).status, 200)
    assert.ok(auth.logged.some(({ text }) => /no tokens could be made/.test(text)))
  })

  it('comes under the scheme of the settings', async () => {
    await using auth = await createTokenAuth({ HEADLESS_JWT_AUTHORIZATION_HEADER_SCHEME: 'Token' })
    const { access } = await logInWithTokens(auth)
    assert.equal(await statusWith(auth, access), 401)
    const own = { headers: { authorization: `token ${access}` } }
    assert.equal((await auth.client('app').get('auth/session', own)).status, 200)
  })
})

describe('a forged token', () => {
  it('of another algorithm, key or form opens nothing', async () => {
    await using auth = await createTokenAuth({
      HEADLESS_JWT_ALGORITHM: 'RS256',
      HEADLESS_JWT_PRIVATE_KEY: pem(rsa.privateKey),
    })
    const held = await logInWithTokens(auth)
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const publicPem = createPublicKey(rsa.privateKey).export({ type: 'spki', format: 'pem' })
    const [, body = '', signature = ''] = held.access.split('.')
    const header = (it: object) => base64url.encode(JSON.stringify(it))
    const forged = [
      `${header({ alg: 'none', typ: 'JWT' })}.${body}.`,
      `${header({ alg: 'none' })}.${body}.${signature}`,
      `${header({ alg: 'nOnE' })}.${body}.${signature}`,
      `${header({ typ: 'JWT' })}.${body}.${signature}`,
      hmacOver(`${header({ alg: 'HS256', typ: 'JWT' })}.${body}`, String(publicPem)),
      await signed(held, other),
      // What a token names as its key is never fetched, nor looked for in files.
      await signed(held, other, { kid: '../../../../dev/null' }),
      await signed(held, other, { kid: 'https://evil.example/jwks.json' }),
      await signed(held, other, { jku: 'https://evil.example/jwks.json' }),
      await signed(held, other, { x5u: 'https://evil.example/chain.pem' }),
      await signed(held, other, { jwk: createPublicKey(other).export({ format: 'jwk' }) }),
      `${held.access}.${signature}`,
      `.${body}.${signature}`,
      held.access.slice(0, -4),
      held.access.replace('.', '..'),
      `${header({ alg: 'RS256', crit: ['exp'], exp: 1 })}.${body}.${signature}`,
      'e30.e30.e30',
      `${'A'.repeat(10_000)}.${body}.${signature}`,
    ]
    for (const token of forged) {
      assert.equal(await statusWith(auth, token), 401, token.slice(0, 120))
      assert.equal((await refresh(auth, token)).status, 400)
    }
    assert.equal(await statusWith(auth, held.access), 200)
  })

  it('that the right key signed, but with critical or missing members, opens nothing', async () => {
    await using auth = await createTokenAuth({
      HEADLESS_JWT_ALGORITHM: 'RS256',
      HEADLESS_JWT_PRIVATE_KEY: pem(rsa.privateKey),
    })
    const held = await logInWithTokens(auth)
    const now = Math.floor(auth.clock.now / 1000)
    for (const change of [
      { exp: undefined },
      { exp: now - 1 },
      { exp: 'tomorrow' },
      { iat: undefined },
      { iat: now + 3600, exp: now + 7200 },
      { nbf: now + 3600 },
      { sid: 7 },
      { sid: '' },
      { sub: 7 },
      { sub: '' },
      { jti: undefined },
      { jti: '' },
      { token_use: 'refresh' },
      { token_use: 'Access' },
      { token_use: ['access'] },
    ]) {
      const token = await signed(held, rsa.privateKey, {}, change)
      assert.equal(await statusWith(auth, token), 401, JSON.stringify(change))
    }
    const critical = new CompactSign(Buffer.from(JSON.stringify(decodeJwt(held.access))))
    critical.setProtectedHeader({ alg: 'RS256', crit: ['x'], x: 1 })
    assert.equal(
      await statusWith(auth, await critical.sign(rsa.privateKey, { crit: { x: true } })),
      401,
    )
    // The right session, but of another user: the token is not for whoever is signed in there now.
    const token = await signed(held, rsa.privateKey, {}, { sub: await idOf(auth) })
    assert.equal(await statusWith(auth, token), 410)
    // Unknown names of keys rule no key out.
    assert.equal(await statusWith(auth, await signed(held, rsa.privateKey, { kid: 'x' })), 200)
  })

  it('of another issuer or for another audience opens nothing where the settings name them', async () => {
    await using auth = await createTokenAuth({
      HEADLESS_JWT_PRIVATE_KEY: sharedSecret,
      HEADLESS_JWT_ISSUER: 'https://id.example.test',
      HEADLESS_JWT_AUDIENCE: ['api'],
    })
    const held = await logInWithTokens(auth)
    assert.equal(await statusWith(auth, held.access), 200)
    for (const change of [
      { iss: 'https://id.example.test.evil.example' },
      { iss: undefined },
      { aud: 'files' },
      { aud: undefined },
      { aud: ['files', 'mail'] },
    ]) {
      const key = Buffer.from(sharedSecret)
      const token = await new SignJWT(Object.assign(decodeJwt(held.access), change))
        .setProtectedHeader({ alg: 'HS256' })
        .sign(key)
      assert.equal(await statusWith(auth, token), 401, JSON.stringify(change))
    }
    assert.equal((await refresh(auth, held.refresh)).status, 200)
  })

  it('serves its own use only, and a session token is none', async () => {
    await using auth = await createTokenAuth()
    const held = await logInWithTokens(auth)
    assert.equal(await statusWith(auth, held.refresh), 401)
    assert.equal(await statusWith(auth, held.session), 401)
    assert.equal((await refresh(auth, held.access)).status, 400)
    assert.equal((await refresh(auth, held.session)).status, 400)
    const asToken = { headers: { 'x-session-token': held.access } }
    assert.equal((await auth.client('app').get('auth/session', asToken)).status, 410)
    assert.equal((await askWith(auth, held.access, 'account/email')).status, 200)
  })
})

describe('the key of the settings', () => {
  it.each([
    ['RS256', pem(keys.ES256), /RS256 needs an RSA key/],
    ['ES256', pem(keys.ES384), /ES256 needs a key of the curve P-256/],
    ['EdDSA', pem(keys.RS256), /EdDSA needs an Ed25519 key/],
    ['RS256', 'not a key at all', /RS256 needs an RSA key/],
    ['RS256', '-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----', /can not be read/],
    ['HS256', pem(keys.RS256), /HS256 needs a secret/],
    [
      'RS256',
      String(createPublicKey(keys.RS256).export({ type: 'spki', format: 'pem' })),
      /private part/,
    ],
    ['RS256', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey), /2048 bits/],
  ])('has to fit %s', async (algorithm, key, problem) => {
    const settings = { HEADLESS_JWT_ALGORITHM: algorithm, HEADLESS_JWT_PRIVATE_KEY: key }
    await assert.rejects(createTokenAuth(settings), (error: unknown) => {
      assert.ok(error instanceof SettingsError)
      assert.match(error.message, /HEADLESS_JWT_PRIVATE_KEY/)
      assert.match(error.message, problem)
      assert.ok(!error.message.includes(key.slice(30, 60)) || key.length < 40)
      return true
    })
  })

  it('may be written on one line', async () => {
    const key = pem(keys.ES256).replaceAll('\n', '\\n')
    const settings = { HEADLESS_JWT_ALGORITHM: 'ES256', HEADLESS_JWT_PRIVATE_KEY: key }
    await using auth = await createTokenAuth(settings)
    assert.equal(await statusWith(auth, (await logInWithTokens(auth)).access), 200)
  })
})

function signed({ access }: Held, key: KeyObject, header: object = {}, change: object = {}) {
  return new SignJWT({ ...decodeJwt(access), ...change })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...header })
    .sign(key)
}

function hmacOver(input: string, secret: string): string {
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

async function idOf(auth: TestAuth): Promise<string> {
  const { client } = await logInWithTokens(auth, bob)
  return String((await client.get('auth/session')).body.data?.user?.id)
}
