import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { hasRedis, sayIfSkipped, someRedis } from '../testing/redis.ts'
import { sweepLimits } from './store.ts'

const minute = 60_000

/** Spends at a time. */
function spend(
  { server }: TestAuth,
  at: number,
  { amount = 3, windowMs = minute, key = 'k' } = {},
) {
  return server.limiter.spend({ limitKey: key, amount, windowMs }, at)
}

async function isAllowed(...parameters: Parameters<typeof spend>): Promise<boolean> {
  return 'refund' in (await spend(...parameters))
}

sayIfSkipped('limits in Redis', hasRedis)

const places = [
  { place: 'the database', isThere: true, open: async () => null },
  { place: 'Redis', isThere: hasRedis, open: someRedis },
]

for (const { place, isThere, open } of places) {
  describe.skipIf(!isThere)(`a limiter in ${place}`, () => tryLimiter(open))
}

function tryLimiter(open: () => Promise<Awaited<ReturnType<typeof someRedis>> | null>): void {
  let redis: Awaited<ReturnType<typeof someRedis>> | null = null

  beforeAll(async () => {
    redis = await open()
  })

  afterAll(() => redis?.[Symbol.asyncDispose]())

  /** A server whose limits nobody shares, unless both settings are passed on. */
  function start(
    settings: Record<string, unknown> = {},
    database?: TestAuth['database'],
  ): Promise<TestAuth> {
    const place = redis && { REDIS_URL: redis.url, REDIS_KEY_PREFIX: `test:${randomUUID()}:` }
    return createTestAuth({
      settings: { ...place, ...settings },
      ...(database && { database }),
    })
  }

  it('allows the amount, then tells how long to wait', async () => {
    await using auth = await start()
    for (const at of [0, 10, 20]) assert.equal(await isAllowed(auth, at), true)
    assert.deepEqual(await spend(auth, 25), { retryAfterMs: minute - 25 })
    assert.deepEqual(await spend(auth, minute - 1), { retryAfterMs: 1 })
    assert.equal(await isAllowed(auth, minute), true)
    assert.deepEqual(await spend(auth, minute), { retryAfterMs: 10 })
  })

  it('never allows more than the amount in any window, whenever it is asked', async () => {
    await using auth = await start()
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

  it('answers the times of today exactly', async () => {
    await using auth = await start()
    const at = 1_795_931_692_123
    assert.equal(await isAllowed(auth, at, { amount: 1 }), true)
    assert.deepEqual(await spend(auth, at + 7, { amount: 1 }), { retryAfterMs: minute - 7 })
    assert.equal(await isAllowed(auth, at + minute - 1, { amount: 1 }), false)
    assert.equal(await isAllowed(auth, at + minute, { amount: 1 }), true)
  })

  it('lets a node whose clock is fast take one use, not all of them', async () => {
    await using auth = await start()
    for (const at of [0, 1, 2]) assert.equal(await isAllowed(auth, at), true)
    assert.equal(await isAllowed(auth, minute + 10), true)
    assert.equal(await isAllowed(auth, 11), false)
  })

  it('allows exactly the amount of 100 at once', async () => {
    await using auth = await start()
    for (const at of [1, minute + 1]) {
      const all = Array.from({ length: 100 }, () => isAllowed(auth, at, { amount: 7 }))
      assert.equal((await Promise.all(all)).filter(Boolean).length, 7)
    }
  })

  it('counts each key by itself', async () => {
    await using auth = await start()
    for (const key of ['a', 'b']) {
      assert.equal(await isAllowed(auth, 0, { amount: 1, key }), true)
      assert.equal(await isAllowed(auth, 0, { amount: 1, key }), false)
    }
  })

  it('allows windows of fractions of a second', async () => {
    await using auth = await start({ ACCOUNT_RATE_LIMITS: { login: '1/0.25s/ip' } })
    const status = async () => (await auth.client('app').post('auth/login', {})).status
    assert.equal(await status(), 400)
    auth.clock.advance(0.249)
    assert.equal(await status(), 429)
    auth.clock.advance(0.001)
    assert.equal(await status(), 400)
  })

  it('goes on after a crash of the process and in a second one', async () => {
    await using auth = await start()
    const { database } = auth
    const { redisKeyPrefix } = auth.server.settings.server
    await using second = await start({ REDIS_KEY_PREFIX: redisKeyPrefix }, database)
    assert.equal(await isAllowed(auth, 0, { amount: 2 }), true)
    assert.equal(await isAllowed(second, 0, { amount: 2 }), true)
    assert.equal(await isAllowed(auth, 0, { amount: 2 }), false)
    assert.equal(await isAllowed(second, 0, { amount: 2 }), false)
  })

  it('gives one use back', async () => {
    await using auth = await start()
    const spent = await spend(auth, 0, { amount: 1 })
    assert.ok('refund' in spent)
    await spent.refund()
    assert.equal(await isAllowed(auth, 1, { amount: 1 }), true)
    await spent.refund()
    assert.equal(await isAllowed(auth, 1, { amount: 1 }), false)
  })

  it('gives no use back that somebody else has paid for meanwhile', async () => {
    await using auth = await start()
    const slow = await spend(auth, 0, { amount: 1, windowMs: 100 })
    assert.ok('refund' in slow)
    assert.equal(await isAllowed(auth, 100, { amount: 1, windowMs: 100 }), true)
    await slow.refund()
    assert.equal(await isAllowed(auth, 150, { amount: 1, windowMs: 100 }), false)
  })

  it('forgets every use of one key', async () => {
    await using auth = await start()
    for (const key of ['a', 'b']) await spend(auth, 0, { amount: 1, key })
    await auth.server.limiter.forget('a')
    assert.equal(await isAllowed(auth, 0, { amount: 1, key: 'a' }), true)
    assert.equal(await isAllowed(auth, 0, { amount: 1, key: 'b' }), false)
  })

  it('loses no count to the removal of what is free again', async () => {
    await using auth = await start()
    await spend(auth, 0, { amount: 2 })
    await spend(auth, 10, { amount: 2 })
    await sweepLimits(auth.server.db, minute)
    const left = await auth.server.db.selectFrom('rate_limits').selectAll().execute()
    assert.equal(left.length, redis ? 0 : 1)
    assert.equal(await isAllowed(auth, minute, { amount: 2 }), true)
    assert.equal(await isAllowed(auth, minute, { amount: 2 }), false)
  })
}
