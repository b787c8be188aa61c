import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { insertSocialAccount, saveSocialTokens } from '../store.ts'
import { sealTokens } from '../tokens.ts'
import { freshProviderToken } from './fresh-token.ts'

const github = { APPS: [{ client_id: 'web', secret: 'secret' }] }
const settings = { SOCIALACCOUNT_PROVIDERS: { github }, SOCIALACCOUNT_STORE_TOKENS: true }
const whose = { provider: 'github', uid: '1' }

/** A token endpoint that counts how often it was asked. */
function tokenEndpoint(answer: (body: URLSearchParams) => Response | Promise<Response>) {
  const asked: URLSearchParams[] = []
  async function fetch(_url: string | URL, { body }: { body?: unknown } = {}): Promise<Response> {
    const form = new URLSearchParams(String(body))
    asked.push(form)
    return answer(form)
  }
  return { asked, fetch }
}

const renewing = () =>
  Response.json({ access_token: 'second', refresh_token: 'refresh-2', expires_in: 3600 })

async function withTokens(auth: TestAuth, expiresIn: number | undefined, refreshToken?: string) {
  const userId = await auth.createUser({ email: 'ann@example.org' })
  const { db, keys, now } = auth.server
  const id = await insertSocialAccount(db, { ...whose, userId, label: null }, now())
  const given = { accessToken: 'first', refreshToken, scope: 'repo', expiresIn, now: now() }
  const tokens = sealTokens(keys, whose, given)
  await saveSocialTokens(db, id, { clientId: 'web', tokens })
  return { userId, provider: 'github' }
}

describe('the token of a provider', () => {
  it('is told as it is while it lasts', async () => {
    const { asked, fetch } = tokenEndpoint(renewing)
    await using auth = await createTestAuth({ settings, fetch })
    const user = await withTokens(auth, 3600, 'refresh-1')
    const expiresAt = auth.clock.now + 3_600_000
    const token = await freshProviderToken(auth.server, user)
    assert.deepEqual(token, { accessToken: 'first', scope: 'repo', expiresAt })
    assert.equal(asked.length, 0)
  })

  it('is the one of the account that was connected last, where that was not used since', async () => {
    const { fetch } = tokenEndpoint(renewing)
    await using auth = await createTestAuth({ settings, fetch })
    const user = await withTokens(auth, undefined)
    const { db, keys, now } = auth.server
    await db.updateTable('social_accounts').set({ last_login_at: now() }).execute()
    auth.clock.advance(60)
    const newer = { provider: 'github', uid: '2' }
    const account = { ...newer, userId: user.userId, label: null }
    const id = await insertSocialAccount(db, account, now())
    const given = { accessToken: 'newer', refreshToken: undefined, scope: undefined }
    const tokens = sealTokens(keys, newer, { ...given, expiresIn: undefined, now: now() })
    await saveSocialTokens(db, id, { clientId: 'web', tokens })
    assert.equal((await freshProviderToken(auth.server, user))?.accessToken, 'newer')
  })

  it('is renewed once, however many ask at the same time', async () => {
    const { asked, fetch } = tokenEndpoint(renewing)
    await using auth = await createTestAuth({ settings, fetch })
    const user = await withTokens(auth, 3600, 'refresh-1')
    auth.clock.advance(3590)
    const asking = Array.from({ length: 20 }, () => freshProviderToken(auth.server, user))
    const tokens = await Promise.all(asking)
    assert.deepEqual([...new Set(tokens.map((it) => it?.accessToken))], ['second'])
    assert.equal(asked.length, 1)
    assert.equal(asked[0]?.get('refresh_token'), 'refresh-1')
    assert.equal(tokens[0]?.scope, 'repo')
  })

  it('is none where it has ended and can not be renewed', async () => {
    await using auth = await createTestAuth({ settings })
    const user = await withTokens(auth, 3600)
    auth.clock.advance(3600)
    assert.equal(await freshProviderToken(auth.server, user), null)
    assert.equal(await freshProviderToken(auth.server, { ...user, provider: 'google' }), null)
  })

  it('is asked for again after the provider has failed', async () => {
    let isDown = true
    const { fetch } = tokenEndpoint(() =>
      isDown ? Response.json({ error: 'server_error' }, { status: 500 }) : renewing(),
    )
    await using auth = await createTestAuth({ settings, fetch })
    const user = await withTokens(auth, 1, 'refresh-1')
    await assert.rejects(freshProviderToken(auth.server, user), /github\.com gave no tokens/)
    isDown = false
    assert.equal((await freshProviderToken(auth.server, user))?.accessToken, 'second')
  })

  it('is not to be read in the database', async () => {
    await using auth = await createTestAuth({ settings })
    await withTokens(auth, 1, 'refresh-1')
    const rows = await auth.server.db.selectFrom('social_tokens').selectAll().execute()
    assert.equal(rows.length, 1)
    assert.doesNotMatch(JSON.stringify(rows), /first|refresh-1|repo/)
  })
})
