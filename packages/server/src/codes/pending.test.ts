import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { Refusal } from '../errors.ts'
import type { Exchange, PendingLogin } from '../exchange.ts'
import { commit, noWrites } from '../sessions/commit.ts'
import { newSession } from '../sessions/store.ts'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import {
  beginCode,
  type CodeKind,
  checkPendingCode,
  finishPendingCode,
  pendingCode,
  renewCode,
} from './pending.ts'

const kind: CodeKind = {
  purpose: 'verify_email',
  slot: 'emailVerification',
  owner: 'login',
  rules: () => ({
    format: { numeric: true, dashed: false, length: 6 },
    maxAttempts: 3,
    timeoutSeconds: 60,
    resends: 1,
    changes: 1,
  }),
}
const user = { id: 'ann', username: null, email: null, hasPassword: false, language: null }

function exchange({ server }: TestAuth): Exchange {
  const request = {
    method: 'POST',
    isSecure: false,
    body: {},
    ip: '',
    userAgent: '',
    header: () => undefined,
    hasQuery: () => false,
  }
  const session = newSession()
  return { server, client: 'app', request, session, pending: noWrites(), paid: new Set() }
}

function login(id: string): PendingLogin {
  const stage = 'verify_email'
  return {
    id,
    userId: 'ann',
    startedAt: 0,
    stage,
    passed: [],
    proofs: [],
    epoch: 0,
    isFresh: false,
    proved: [],
    isSignup: false,
  }
}

async function begun(auth: TestAuth, loginId: string | null) {
  const ctx = exchange(auth)
  const code = beginCode(ctx, kind, { target: 'ann@example.org', userId: 'ann', loginId })
  await commit(ctx)
  return { ctx, code: String(code) }
}

async function tried(ctx: Exchange, value: string): Promise<string> {
  const pending = await pendingCode(ctx, kind)
  if (!pending) return 'nothing'
  try {
    await checkPendingCode(ctx, pending, { kind, value, param: 'key' })
    return 'right'
  } catch (error) {
    assert.ok(error instanceof Refusal)
    return error.message
  }
}

describe('a code that is waited for', () => {
  it('belongs to the login that it was sent for', async () => {
    await using auth = await createTestAuth()
    const { ctx, code } = await begun(auth, 'first')
    assert.equal(await tried(ctx, code), 'nothing')
    ctx.session.state.login = login('second')
    assert.equal(await tried(ctx, code), 'nothing')
    ctx.session.user = user
    assert.equal(await tried(ctx, code), 'nothing')
    ctx.session.state.login = login('first')
    assert.equal(await tried(ctx, code), 'right')
  })

  it('belongs to the user who asked for it while signed in', async () => {
    await using auth = await createTestAuth()
    const { ctx, code } = await begun(auth, null)
    assert.equal(await tried(ctx, code), 'nothing')
    ctx.session.user = { ...user, id: 'bob' }
    assert.equal(await tried(ctx, code), 'nothing')
    ctx.session.user = user
    assert.equal(await tried(ctx, code), 'right')
  })

  it('can be used up once', async () => {
    await using auth = await createTestAuth()
    const { ctx } = await begun(auth, null)
    ctx.session.user = user
    const pending = await pendingCode(ctx, kind)
    assert.ok(pending)
    const second = { ...exchange(auth), session: { ...newSession(), user } }
    for (const it of [ctx, second]) finishPendingCode(it, kind, pending)
    await commit(ctx)
    await assert.rejects(commit(second), { message: 'conflict' })
  })

  it('can be renewed and moved as often as its rules allow', async () => {
    await using auth = await createTestAuth()
    const { ctx, code } = await begun(auth, null)
    const waiting = async () => {
      // Each commit looks the user up, who is not in the database here.
      ctx.session.user = user
      const pending = await pendingCode(ctx, kind)
      assert.ok(pending)
      return pending
    }
    const again = renewCode(ctx, kind, await waiting())
    await commit(ctx)
    const elsewhere = { target: 'new@example.org', userId: 'ann' }
    const moved = renewCode(ctx, kind, await waiting(), elsewhere)
    await commit(ctx)
    assert.equal((await waiting()).target, 'new@example.org')
    const left = await waiting()
    assert.throws(() => renewCode(ctx, kind, left), { message: 'conflict' })
    assert.throws(() => renewCode(ctx, kind, left, elsewhere), { message: 'conflict' })
    for (const old of [code, again]) {
      if (old !== moved) assert.equal(await tried(ctx, String(old)), 'incorrect_code (key)')
    }
    assert.equal(await tried(ctx, String(moved)), 'right')
  })

  it('that only pretends is matched by nothing, an empty one included', async () => {
    await using auth = await createTestAuth()
    const ctx = exchange(auth)
    ctx.session.state.login = login('first')
    const owner = { target: 'ann@example.org', userId: null, loginId: 'first' }
    assert.equal(beginCode(ctx, kind, owner), null)
    await commit(ctx)
    const [row] = await auth.server.db.selectFrom('codes').selectAll().execute()
    assert.equal(row?.secret_hash, null)
    assert.equal(await tried(ctx, ''), 'required (key)')
    assert.equal(await tried(ctx, 'null'), 'incorrect_code (key)')
    assert.equal(await tried(ctx, '-'), 'incorrect_code (key)')
    assert.equal(await tried(ctx, '000000'), 'nothing')
  })
})
