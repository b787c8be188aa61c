import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import type { TokenSession, TokenStrategy } from '../settings/token-strategy.ts'
import { createTestAuth } from '../testing/auth.ts'
import { ann, askWith, logInWithTokens, refresh, statusWith } from './testing/signed-in.ts'

/** Tokens that are numbers of a list: the least that a strategy can be. */
function numbered(): TokenStrategy & { issued: TokenSession[] } {
  const issued: TokenSession[] = []
  const tokensFor = (session: TokenSession) => {
    const number = issued.push(session) - 1
    return { accessToken: `access-${number}`, refreshToken: `refresh-${number}` }
  }
  return {
    issued,
    issue: async (session) => tokensFor(session),
    async identify(accessToken) {
      const session = issued[Number(/^access-(\d+)$/.exec(accessToken)?.[1])]
      return session ? { sid: session.sid, userId: session.user.id } : null
    },
    async refresh(refreshToken, { findSession }) {
      const { sid } = issued[Number(/^refresh-(\d+)$/.exec(refreshToken)?.[1])] ?? {}
      const session = sid === undefined ? null : await findSession(sid)
      return session ? tokensFor(session) : null
    },
  }
}

describe('a token strategy of an embedder', () => {
  it('makes the tokens, opens sessions by them and refreshes them', async () => {
    const strategy = numbered()
    await using auth = await createTestAuth({
      settings: { HEADLESS_TOKEN_STRATEGY: strategy },
      users: [ann],
    })
    const held = await logInWithTokens(auth)
    assert.deepEqual([held.access, held.refresh], ['access-0', 'refresh-0'])
    assert.equal(strategy.issued[0]?.user.email, ann.email)
    assert.equal((await askWith(auth, held.access)).body.data?.user?.email, ann.email)
    assert.equal(await statusWith(auth, 'access-7'), 401)
    const next = await refresh(auth, held.refresh)
    assert.deepEqual(next.body.data, { access_token: 'access-1', refresh_token: 'refresh-1' })
  })

  it('is asked for no session that is over', async () => {
    const strategy = numbered()
    await using auth = await createTestAuth({
      settings: { HEADLESS_TOKEN_STRATEGY: strategy },
      users: [ann],
    })
    const held = await logInWithTokens(auth)
    await held.client.delete('auth/session')
    assert.equal(await statusWith(auth, held.access), 410)
    assert.equal((await refresh(auth, held.refresh)).status, 400)
  })

  it('may make no tokens at all', async () => {
    const strategy = { ...numbered(), issue: async () => null }
    await using auth = await createTestAuth({
      settings: { HEADLESS_TOKEN_STRATEGY: strategy },
      users: [ann],
    })
    const { body } = await auth.client('app').post('auth/login', ann)
    assert.equal(body.meta?.access_token, undefined)
    assert.ok(body.meta?.session_token)
  })
})
