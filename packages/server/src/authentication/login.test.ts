import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import type { Exchange, Stage, StageId } from '../exchange.ts'
import { noWrites } from '../sessions/commit.ts'
import { newSession } from '../sessions/store.ts'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { passStage, startLogin, waitingLogin } from './login.ts'

/** A stage that says what happens to it. */
function stage(id: StageId, calls: string[], more: Partial<Stage> = {}): Stage {
  return {
    id,
    async applies() {
      calls.push(`${id} applies`)
      return true
    },
    async enter() {
      calls.push(`${id} enter`)
      return 'waits'
    },
    isAlive: async () => true,
    ...more,
  }
}

const never = { applies: async () => false }

async function exchange({ server }: TestAuth, stages: Stage[]): Promise<Exchange> {
  const request = {
    method: 'POST',
    isSecure: false,
    body: {},
    ip: '192.0.2.1',
    userAgent: '',
    header: () => undefined,
    hasQuery: () => false,
  }
  const session = newSession()
  const own = { ...server, stages }
  return { server: own, client: 'app', request, session, pending: noWrites(), paid: new Set() }
}

async function userId(auth: TestAuth): Promise<string> {
  return auth.createUser({ email: 'ann@example.org' })
}

describe('a login on its way through the stages', () => {
  it('stops at the first that applies, and asks those after it only then', async () => {
    await using auth = await createTestAuth()
    const calls: string[] = []
    const stages = [
      stage('verify_phone', calls, never),
      stage('verify_email', calls),
      stage('mfa_authenticate', calls),
    ]
    const ctx = await exchange(auth, stages)
    await startLogin(ctx, { userId: await userId(auth) })
    assert.equal(ctx.session.state.login?.stage, 'verify_email')
    assert.deepEqual(calls, ['verify_email applies', 'verify_email enter'])
    await passStage(ctx, 'verify_email')
    assert.equal(ctx.session.state.login?.stage, 'mfa_authenticate')
    assert.deepEqual(calls.slice(2), ['mfa_authenticate applies', 'mfa_authenticate enter'])
    assert.equal(ctx.pending.signIn, null)
    await passStage(ctx, 'mfa_authenticate')
    assert.ok(ctx.pending.signIn)
    assert.equal(ctx.session.change, 'rotate')
    assert.equal(ctx.session.state.login, undefined)
  })

  it('signs in at once where none applies, and tells those that it passed by', async () => {
    await using auth = await createTestAuth()
    const skipped: string[] = []
    const skip = async () => void skipped.push('verify_email')
    const ctx = await exchange(auth, [stage('verify_email', [], { ...never, skip })])
    await startLogin(ctx, { userId: await userId(auth) })
    assert.ok(ctx.pending.signIn)
    assert.deepEqual(skipped, ['verify_email'])
  })

  it('never passes a stage that it does not wait at', async () => {
    await using auth = await createTestAuth()
    const ctx = await exchange(auth, [stage('verify_email', []), stage('mfa_authenticate', [])])
    await assert.rejects(passStage(ctx, 'verify_email'), /no login waits/)
    await startLogin(ctx, { userId: await userId(auth) })
    await assert.rejects(passStage(ctx, 'mfa_authenticate'), /no login waits/)
    assert.equal(ctx.pending.signIn, null)
  })

  it('ends where a stage can never be passed', async () => {
    await using auth = await createTestAuth()
    const stuck = stage('verify_phone', [], { enter: async () => 'stuck' })
    const ctx = await exchange(auth, [stuck])
    await startLogin(ctx, { userId: await userId(auth) })
    assert.equal(ctx.session.state.login, undefined)
    assert.equal(ctx.pending.signIn, null)
  })

  it('of an inactive user begins nothing, and ends what waited', async () => {
    await using auth = await createTestAuth()
    const ctx = await exchange(auth, [stage('verify_email', [])])
    const id = await userId(auth)
    await startLogin(ctx, { userId: id })
    await startLogin(ctx, { userId: id, isActive: false })
    assert.equal(ctx.session.state.login, undefined)
    assert.equal(ctx.pending.signIn, null)
  })

  it('that only pretends is never completed', async () => {
    await using auth = await createTestAuth()
    const ctx = await exchange(auth, [stage('verify_email', [])])
    await startLogin(ctx, { userId: null, email: 'ann@example.org' })
    assert.equal(ctx.session.state.login?.stage, 'verify_email')
    await assert.rejects(passStage(ctx, 'verify_email'), /pretended/)
    assert.equal(ctx.pending.signIn, null)
  })

  it('has its own proofs: those of a login before it stay with that', async () => {
    await using auth = await createTestAuth()
    const ctx = await exchange(auth, [stage('mfa_authenticate', [])])
    const id = await userId(auth)
    await startLogin(ctx, { userId: id, proof: { method: 'mfa', at: 1 } })
    await startLogin(ctx, { userId: id, proof: { method: 'password', at: 2 } })
    const { login, methods } = ctx.session.state
    assert.deepEqual(login?.proofs, [{ method: 'password', at: 2 }])
    assert.deepEqual(login?.passed, [])
    assert.equal(methods?.length, 2)
  })

  it('takes with it, when another begins, the codes that were sent for it', async () => {
    await using auth = await createTestAuth()
    const ctx = await exchange(auth, [stage('verify_email', [])])
    const id = await userId(auth)
    await startLogin(ctx, { userId: id })
    const code = {
      codeId: 'c',
      target: 't',
      userId: id,
      loginId: 'l',
      changesLeft: 1,
      resendsLeft: 1,
    }
    ctx.session.state.emailVerification = code
    ctx.session.state.phoneVerification = code
    await startLogin(ctx, { userId: id })
    assert.equal(ctx.session.state.emailVerification, undefined)
    assert.equal(ctx.session.state.phoneVerification, undefined)
  })

  it('is over after ACCOUNT_LOGIN_TIMEOUT, counted from its start', async () => {
    await using auth = await createTestAuth({ settings: { ACCOUNT_LOGIN_TIMEOUT: 60 } })
    const ctx = await exchange(auth, [stage('verify_email', []), stage('mfa_authenticate', [])])
    await startLogin(ctx, { userId: await userId(auth) })
    auth.clock.advance(59)
    await passStage(ctx, 'verify_email')
    assert.ok(await waitingLogin(ctx, 'mfa_authenticate'))
    assert.equal(await waitingLogin(ctx, 'verify_email'), null)
    auth.clock.advance(1)
    assert.equal(await waitingLogin(ctx, 'mfa_authenticate'), null)
    assert.equal(ctx.session.state.login, undefined)
  })

  it('is over once its stage is dead', async () => {
    await using auth = await createTestAuth()
    const ctx = await exchange(auth, [stage('verify_email', [], { isAlive: async () => false })])
    await startLogin(ctx, { userId: await userId(auth) })
    assert.equal(await waitingLogin(ctx), null)
    assert.equal(ctx.session.state.login, undefined)
  })
})
