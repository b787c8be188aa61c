import assert from 'node:assert/strict'
import { decodeProtectedHeader } from 'jose'
import { describe, it } from 'vitest'
import { deriveKeys } from '../crypto/keys.ts'
import type { JwtAlgorithm } from '../settings/headless-tokens.ts'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import {
  ann,
  createTokenAuth,
  logInWithTokens,
  refresh,
  statusWith,
  traded,
} from '../tokens/testing/signed-in.ts'
import { generateKey } from './key.ts'
import { replaceKeys, rotateKeys } from './rotate.ts'
import { resealKeys } from './store.ts'

const stored = { HEADLESS_JWT_ALGORITHM: 'ES256' }
const minute = 60_000

describe('keys in the database', () => {
  it('are made once, published, and kept encrypted', async () => {
    await using auth = await createTokenAuth(stored)
    const { access } = await logInWithTokens(auth)
    const [kid, ...others] = await publishedKids(auth)
    assert.deepEqual(others, [])
    assert.equal(decodeProtectedHeader(access).kid, kid)
    const rows = await auth.server.db.selectFrom('signing_keys').selectAll().execute()
    assert.equal(rows.length, 1)
    assert.doesNotMatch(JSON.stringify(rows), /PRIVATE|BEGIN/)
    const answered = await auth.client('app').get('/.well-known/jwks.json')
    assert.equal(answered.headers.get('cache-control'), 'public, max-age=300')
    assert.match(answered.text, /"use":"sig"/)
  })

  it('are the same for every node and after a restart', async () => {
    await using auth = await createTokenAuth(stored)
    const { access } = await logInWithTokens(auth)
    const { database } = auth
    await using other = await createTestAuth({
      database,
      settings: { ...stored, HEADLESS_TOKEN_STRATEGY: 'jwt' },
    })
    assert.equal(await statusWith(other, access), 200)
    assert.deepEqual(await publishedKids(other), await publishedKids(auth))
  })

  it('are replaced without anybody being signed out', async () => {
    await using auth = await createTokenAuth(stored)
    const before = await logInWithTokens(auth)
    const kid = await rotateKeys(partsOf(auth), 10 * minute)
    auth.clock.advance(61)
    // Others read the new key before it signs.
    assert.ok((await publishedKids(auth)).includes(kid))
    const during = await logInWithTokens(auth)
    assert.notEqual(decodeProtectedHeader(during.access).kid, kid)
    auth.clock.advance(10 * 60)
    const after = await logInWithTokens(auth)
    assert.equal(decodeProtectedHeader(after.access).kid, kid)
    assert.equal(await statusWith(auth, after.access), 200)
    const next = await refresh(auth, before.refresh)
    assert.equal(next.status, 200)
    assert.equal(decodeProtectedHeader(String(next.body.data?.access_token)).kid, kid)
    // When nothing can be left that the earlier key has signed, it goes.
    auth.clock.advance(86_400 + 61)
    assert.deepEqual(await publishedKids(auth), [kid])
  })

  it.each([
    ['two rotations, the second at once', [10 * minute, 0]],
    ['two rotations at once', [0, 0]],
    ['a rotation that is still to come', [10 * minute]],
  ])('refuse nobody who refreshes in time, after %s', async (_, rotations) => {
    await using auth = await createTokenAuth(stored)
    let { refresh: token } = await logInWithTokens(auth)
    for (const afterMs of rotations) {
      await rotateKeys(partsOf(auth), afterMs)
      auth.clock.advance(60)
    }
    for (let half = 1; half <= 100; half += 1) {
      auth.clock.advance(1800)
      const next = await traded(refresh(auth, token))
      assert.equal(await statusWith(auth, next.access), 200, `after ${half / 2} hours`)
      token = next.refresh
    }
  })

  it('are one for servers that start at once, and none of them is about to retire', async () => {
    await using first = await createTokenAuth()
    const { database } = first
    const settings = { ...stored, HEADLESS_TOKEN_STRATEGY: 'jwt' }
    const { now } = first.clock
    const opened = [1, 2, 3, 4].map(() => createTestAuth({ database, settings, now }))
    const others = await Promise.all(opened)
    const kept = await first.server.db.selectFrom('signing_keys').selectAll().execute()
    assert.deepEqual(
      kept.map(({ retires_at }) => retires_at),
      [null],
    )
    for (const other of others) await other.close()
  })

  it.each([
    ['rotated', (auth: TestAuth) => rotateKeys(partsOf(auth), 0)],
    ['replaced', (auth: TestAuth) => replaceKeys(partsOf(auth))],
  ])('%s by several at once, end but for one', async (_, act) => {
    await using auth = await createTokenAuth(stored)
    await Promise.all([1, 2, 3, 4].map(() => act(auth)))
    const query = auth.server.db.selectFrom('signing_keys').select('kid')
    assert.equal((await query.where('retires_at', 'is', null).execute()).length, 1)
  })

  it('take the place of one that a rotation for another algorithm has retired', async () => {
    await using auth = await createTokenAuth(stored)
    let { refresh: token } = await logInWithTokens(auth)
    await rotateKeys({ ...partsOf(auth), algorithm: 'EdDSA' }, 0)
    for (let hour = 1; hour <= 60; hour += 1) {
      auth.clock.advance(3600)
      token = (await traded(refresh(auth, token))).refresh
    }
    const { algorithm } = partsOf(auth)
    assert.equal(decodeProtectedHeader(token).alg, algorithm)
  })

  it('verify beside those of the settings that came before', async () => {
    const pem = await newPem('RS256')
    await using auth = await createTokenAuth({
      HEADLESS_JWT_ALGORITHM: 'RS256',
      HEADLESS_JWT_PRIVATE_KEY: pem,
    })
    const before = await logInWithTokens(auth)
    const { database } = auth
    const settings = {
      ...stored,
      HEADLESS_TOKEN_STRATEGY: 'jwt',
      HEADLESS_JWT_PRIVATE_KEY_FALLBACKS: [pem],
    }
    await using other = await createTestAuth({ database, settings })
    assert.equal(await statusWith(other, before.access), 200)
    assert.equal((await refresh(other, before.refresh)).status, 200)
  })

  it('that a node has not seen yet are looked for when a token names them', async () => {
    await using auth = await createTokenAuth(stored)
    const { database } = auth
    await using other = await createTestAuth({
      database,
      settings: { ...stored, HEADLESS_TOKEN_STRATEGY: 'jwt' },
    })
    await statusWith(other, (await logInWithTokens(auth)).access)
    await rotateKeys(partsOf(auth), 0)
    auth.clock.advance(61)
    const { access } = await logInWithTokens(auth)
    other.clock.now = auth.clock.now - 50_000
    assert.equal(await statusWith(other, access), 200)
  })

  it('that somebody else knows are replaced at once, and their tokens are over', async () => {
    await using auth = await createTokenAuth(stored)
    const before = await logInWithTokens(auth)
    await replaceKeys(partsOf(auth))
    auth.clock.advance(61)
    assert.equal(await statusWith(auth, before.access), 401)
    assert.equal((await refresh(auth, before.refresh)).status, 400)
    // The session itself is not in danger: its token is no signed one.
    assert.equal((await before.client.get('auth/session')).status, 200)
    assert.equal(await statusWith(auth, (await logInWithTokens(auth)).access), 200)
  })

  it('give way to one of another algorithm when the setting changes, and verify until a rotation ends them', async () => {
    await using auth = await createTokenAuth(stored)
    const before = await logInWithTokens(auth)
    const { database } = auth
    const changed = { HEADLESS_TOKEN_STRATEGY: 'jwt', HEADLESS_JWT_ALGORITHM: 'EdDSA' }
    await using other = await createTestAuth({ database, settings: changed })
    assert.equal(await statusWith(other, before.access), 200)
    const after = await logInWithTokens(other)
    assert.equal(decodeProtectedHeader(after.access).alg, 'EdDSA')
    // A server that still has the earlier setting goes on, and makes no key either.
    auth.clock.advance(61)
    assert.equal(await statusWith(auth, (await logInWithTokens(auth)).access), 200)
    assert.equal((await publishedKids(other)).length, 2)
    await rotateKeys({ ...partsOf(other), algorithm: 'EdDSA' }, 0)
    other.clock.advance(86_500)
    assert.equal((await publishedKids(other)).length, 1)
  })

  it('are resealed under a new secret, and a lost secret is said and survived', async () => {
    await using auth = await createTokenAuth(stored)
    const { access } = await logInWithTokens(auth)
    const { database } = auth
    const { secretKey } = auth.server.settings.server
    const jwt = {
      ...stored,
      HEADLESS_TOKEN_STRATEGY: 'jwt',
      SECRET_KEY: 'quite another secret, long enough too',
    }
    const keys = deriveKeys([jwt.SECRET_KEY, String(secretKey)])
    assert.deepEqual(await resealKeys(auth.server.db, keys), { resealed: 1, unreadable: 0 })
    const resealed = await createTestAuth({ database, settings: jwt })
    assert.equal(await statusWith(resealed, access), 200)
    await resealed.close()
    await using lost = await createTestAuth({
      database,
      settings: { ...jwt, SECRET_KEY: 'a third secret that opens nothing of it' },
    })
    assert.equal(await statusWith(lost, access), 401)
    assert.ok(lost.logged.some(({ text }) => /can not be decrypted/.test(text)))
    assert.equal(await statusWith(lost, (await logInWithTokens(lost)).access), 200)
  })
})

describe('keys in the settings', () => {
  it('sign with the first and verify with all', async () => {
    const [first, second] = [await newPem('RS256'), await newPem('ES256')]
    await using auth = await createTokenAuth({
      HEADLESS_JWT_ALGORITHM: 'RS256',
      HEADLESS_JWT_PRIVATE_KEY: first,
    })
    const before = await logInWithTokens(auth)
    const { database } = auth
    await using other = await createTestAuth({
      database,
      settings: {
        HEADLESS_TOKEN_STRATEGY: 'jwt',
        HEADLESS_JWT_ALGORITHM: 'ES256',
        HEADLESS_JWT_PRIVATE_KEY: second,
        HEADLESS_JWT_PRIVATE_KEY_FALLBACKS: [first],
      },
    })
    assert.equal(await statusWith(other, before.access), 200)
    const after = await logInWithTokens(other)
    assert.equal(decodeProtectedHeader(after.access).alg, 'ES256')
    assert.equal(await statusWith(auth, after.access), 401)
    assert.equal((await refresh(other, before.refresh)).status, 200)
    assert.equal((await publishedKids(other)).length, 2)
  })

  it('of a shared secret come from SECRET_KEY where none is set, and are published nowhere', async () => {
    await using auth = await createTokenAuth()
    const { access } = await logInWithTokens(auth)
    assert.deepEqual(await publishedKids(auth), [])
    const { database } = auth
    const { secretKey } = auth.server.settings.server
    await using other = await createTestAuth({
      database,
      settings: {
        HEADLESS_TOKEN_STRATEGY: 'jwt',
        HEADLESS_JWT_ALGORITHM: 'HS256',
        SECRET_KEY: 'quite another secret, long enough too',
        SECRET_KEY_FALLBACKS: [secretKey],
      },
    })
    assert.equal(await statusWith(other, access), 200)
  })

  it('are not published where apps get session tokens alone', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    assert.equal((await auth.client('app').get('/.well-known/jwks.json')).status, 404)
  })
})

async function newPem(algorithm: JwtAlgorithm): Promise<string> {
  return String((await generateKey(algorithm)).export({ type: 'pkcs8', format: 'pem' }))
}

async function publishedKids(auth: TestAuth): Promise<string[]> {
  const { text } = await auth.client('app').get('/.well-known/jwks.json')
  return JSON.parse(text).keys.map(({ kid }: { kid: string }) => kid)
}

function partsOf({ server, clock }: TestAuth) {
  const { db, keys } = server
  return { db, keys, now: () => clock.now, algorithm: 'ES256', overlapMs: 86_400_000 } as const
}
