import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { clearLimit, refundSlot, spendSlot, sweepLimits } from './store.ts'

const minute = 60_000

/** Spends at a time; true if that was allowed. */
async function spend(
  auth: TestAuth,
  at: number,
  { amount = 3, windowMs = minute, key = 'k' } = {},
) {
  return spendSlot(auth.server.db, { limitKey: key, amount, windowMs }, at)
}

async function isAllowed(...parameters: Parameters<typeof spend>): Promise<boolean> {
  return 'receipt' in (await spend(...parameters))
}

describe('spendSlot', () => {
  it('allows the amount, then tells how long to wait', async () => {
    await using auth = await createTestAuth()
    for (const at of [0, 10, 20]) assert.equal(await isAllowed(auth, at), true)
    assert.deepEqual(await spend(auth, 25), { retryAfterMs: minute - 25 })
    assert.deepEqual(await spend(auth, minute - 1), { retryAfterMs: 1 })
    assert.equal(await isAllowed(auth, minute), true)
    assert.deepEqual(await spend(auth, minute), { retryAfterMs: 10 })
  })

  it('never allows more than the amount in any window, whenever it is asked', async () => {
    await using auth = await createTestAuth()
    const allowed: number[] = []
    let seed = 7
    for (let at = 0; at < 1000; ) {
      if (await isAllowed(auth, at, { amount: 4, windowMs: 100 })) allowed.push(at)
      seed = (seed * 1103515245 + 12345) % 2 ** 31
      at += seed % 13
    }
    for (const [index, at] of allowed.entries()) {
      const within = allowed.slice(index).filter((other) => other < at + 100)
      assert.ok(within.length <= 4, `${within}`)
    }
    assert.ok(allowed.length >= 36, `${allowed.length}`)
  })

  it('allows exactly the amount of 100 at once', async () => {
    await using auth = await createTestAuth()
    for (const at of [1, minute + 1]) {
      const all = Array.from({ length: 100 }, () => isAllowed(auth, at, { amount: 7 }))
      assert.equal((await Promise.all(all)).filter(Boolean).length, 7)
    }
  })

  it('counts each key by itself', async () => {
    await using auth = await createTestAuth()
    for (const key of ['a', 'b']) {
      assert.equal(await isAllowed(auth, 0, { amount: 1, key }), true)
      assert.equal(await isAllowed(auth, 0, { amount: 1, key }), false)
    }
  })

  it('allows windows of fractions of a second', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { login: '1/0.25s/ip' } }
    await using auth = await createTestAuth({ settings })
    const status = async () => (await auth.client('app').post('auth/login', {})).status
    assert.equal(await status(), 400)
    auth.clock.advance(0.249)
    assert.equal(await status(), 429)
    auth.clock.advance(0.001)
    assert.equal(await status(), 400)
  })

  it('goes on after a crash of the process and in a second one', async () => {
    await using auth = await createTestAuth()
    const { database } = auth
    await using second = await createTestAuth({ database })
    assert.equal(await isAllowed(auth, 0, { amount: 2 }), true)
    assert.equal(await isAllowed(second, 0, { amount: 2 }), true)
    assert.equal(await isAllowed(auth, 0, { amount: 2 }), false)
    assert.equal(await isAllowed(second, 0, { amount: 2 }), false)
  })
})

describe('refundSlot', () => {
  it('gives one use back', async () => {
    await using auth = await createTestAuth()
    const spent = await spend(auth, 0, { amount: 1 })
    assert.ok('receipt' in spent)
    await refundSlot(auth.server.db, spent.receipt)
    assert.equal(await isAllowed(auth, 1, { amount: 1 }), true)
    assert.equal(await isAllowed(auth, 1, { amount: 1 }), false)
  })

  it('gives no use back that somebody else has paid for meanwhile', async () => {
    await using auth = await createTestAuth()
    const slow = await spend(auth, 0, { amount: 1, windowMs: 100 })
    assert.ok('receipt' in slow)
    assert.equal(await isAllowed(auth, 100, { amount: 1, windowMs: 100 }), true)
    await refundSlot(auth.server.db, slow.receipt)
    assert.equal(await isAllowed(auth, 150, { amount: 1, windowMs: 100 }), false)
  })
})

describe('clearLimit', () => {
  it('forgets every use of one key', async () => {
    await using auth = await createTestAuth()
    for (const key of ['a', 'b']) await spend(auth, 0, { amount: 1, key })
    await clearLimit(auth.server.db, 'a')
    assert.equal(await isAllowed(auth, 0, { amount: 1, key: 'a' }), true)
    assert.equal(await isAllowed(auth, 0, { amount: 1, key: 'b' }), false)
  })
})

describe('sweepLimits', () => {
  it('removes what is free again, and allows nothing sooner by it', async () => {
    await using auth = await createTestAuth()
    await spend(auth, 0, { amount: 2 })
    await spend(auth, 10, { amount: 2 })
    await sweepLimits(auth.server.db, minute)
    assert.equal((await auth.server.db.selectFrom('rate_limits').selectAll().execute()).length, 1)
    assert.equal(await isAllowed(auth, minute, { amount: 2 }), true)
    assert.equal(await isAllowed(auth, minute, { amount: 2 }), false)
  })
})
