import assert from 'node:assert/strict'
import { Redis } from 'ioredis'
import { describe, it } from 'vitest'
import type { Log } from '../log.ts'
import { redisProgram, sayIfSkipped, startRedis, type TestRedis } from '../testing/redis.ts'
import { type Limiter, LimiterDown } from './limiter.ts'
import { openRedisLimiter } from './redis.ts'

sayIfSkipped('limits in a Redis of its own', redisProgram !== null)

const budget = { limitKey: 'k', amount: 2, windowMs: 60_000 }

function keepLog() {
  const lines: string[] = []
  const keep = (level: string) => (details: object, text: string) => {
    lines.push(`${level} ${text} ${JSON.stringify(details)}`)
  }
  const log: Log = { info: keep('info'), warn: keep('warn'), error: keep('error') }
  return { log, lines }
}

async function withLimiter(
  use: (limiter: Limiter, redis: TestRedis, client: Redis) => Promise<void>,
): Promise<void> {
  await using redis = await startRedis()
  const limiter = await openRedisLimiter({ url: redis.url, keyPrefix: 'own:' }, keepLog().log)
  const client = new Redis(redis.url)
  client.on('error', () => {})
  try {
    await use(limiter, redis, client)
  } finally {
    await limiter.close()
    client.disconnect()
  }
}

describe.skipIf(redisProgram === null)('limits in Redis', () => {
  it('keep one key for each limit, below the prefix, which goes by itself', () =>
    withLimiter(async (limiter, _redis, client) => {
      for (let at = 0; at < 3; at += 1) await limiter.spend(budget, at)
      await limiter.spend({ ...budget, limitKey: 'other' }, 0)
      assert.deepEqual((await client.keys('*')).sort(), ['own:k', 'own:other'])
      for (const key of ['own:k', 'own:other']) {
        const left = await client.pttl(key)
        assert.ok(left > 60_000 && left <= 120_000, `${left}`)
      }
    }))

  it('keep no more uses than the amount, however long it goes on', () =>
    withLimiter(async (limiter, _redis, client) => {
      for (let at = 0; at < 100; at += 1) await limiter.spend(budget, at * 60_000)
      assert.equal(await client.zcard('own:k'), 2)
    }))

  it('are counted by scripts that Redis was made to forget', () =>
    withLimiter(async (limiter, _redis, client) => {
      assert.ok('refund' in (await limiter.spend(budget, 0)))
      await client.script('FLUSH')
      assert.ok('refund' in (await limiter.spend(budget, 1)))
      assert.ok('retryAfterMs' in (await limiter.spend(budget, 2)))
    }))

  it('are kept by user, password and number of the database of the address', async () => {
    const user = ['--user', 'limits', 'on', '>p%/word', '~own:*', '+@all']
    await using redis = await startRedis('--requirepass', 'the first', ...user)
    const { log, lines } = keepLog()
    const url = `redis://limits:p%25%2Fword@127.0.0.1:${redis.port}/3`
    const limiter = await openRedisLimiter({ url, keyPrefix: 'own:' }, log)
    assert.ok('refund' in (await limiter.spend(budget, 0)))
    const client = new Redis({ port: redis.port, password: 'the first', db: 3 })
    assert.deepEqual(await client.keys('*'), ['own:k'])
    client.disconnect()
    await limiter.close()
    assert.deepEqual(lines, [])
  })

  it('are refused, without a word of what was sent, where the password is wrong', async () => {
    await using redis = await startRedis('--requirepass', 'the right one')
    const { log, lines } = keepLog()
    const url = `redis://:very-secret-word@127.0.0.1:${redis.port}`
    const limiter = await openRedisLimiter({ url, keyPrefix: 'own:' }, log)
    const error: unknown = await limiter.spend(budget, 0).catch((it: unknown) => it)
    assert.ok(error instanceof LimiterDown)
    await limiter.close()
    assert.equal(lines.length, 1)
    assert.match(String(lines), /^error the store of the limits can not be reached .*WRONGPASS/)
    const said = [...lines, error.message, error.stack, JSON.stringify(error)].join()
    assert.equal(said.includes('very-secret-word'), false)
    assert.equal(error.cause, undefined)
  })

  it('are paid again a moment after Redis came back, and that is logged once', async () => {
    await using redis = await startRedis()
    const { log, lines } = keepLog()
    const limiter = await openRedisLimiter({ url: redis.url, keyPrefix: 'own:' }, log)
    await redis.stop()
    for (let tries = 0; tries < 50; tries += 1) {
      await assert.rejects(limiter.spend(budget, 0), LimiterDown)
    }
    await assert.rejects(limiter.probe(), LimiterDown)
    await redis.start()
    await eventually(() => limiter.probe())
    assert.ok('refund' in (await limiter.spend(budget, 0)))
    await limiter.close()
    assert.deepEqual(
      lines.map((line) => line.replace(/ \{.*$/, '')),
      [
        'error the store of the limits can not be reached',
        'info the store of the limits can be reached again',
      ],
    )
  })

  it('are refused within a second by a server that hangs, and at once after that', () =>
    withLimiter(async (limiter, redis) => {
      redis.hang()
      const first = performance.now()
      await assert.rejects(limiter.spend(budget, 0), LimiterDown)
      const took = performance.now() - first
      assert.ok(took > 500 && took < 3000, `${took}`)
      const second = performance.now()
      for (let tries = 0; tries < 20; tries += 1) {
        await assert.rejects(limiter.spend(budget, 0), LimiterDown)
      }
      assert.ok(performance.now() - second < 500)
      redis.goOn()
      await eventually(() => limiter.probe())
    }))

  it('wait for no server at the start', async () => {
    await using redis = await startRedis()
    redis.hang()
    const startedAt = performance.now()
    const limiter = await openRedisLimiter({ url: redis.url, keyPrefix: 'own:' }, keepLog().log)
    assert.ok(performance.now() - startedAt < 3000)
    await assert.rejects(limiter.spend(budget, 0), LimiterDown)
    redis.goOn()
    await eventually(() => limiter.probe())
    await limiter.close()
  })
})

/** Tries for ten seconds. */
async function eventually(attempt: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + 10_000
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
