import assert from 'node:assert/strict'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { LostRace } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { commit, noWrites } from '../sessions/commit.ts'
import { newSession } from '../sessions/store.ts'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { redisProgram, sayIfSkipped, startRedis, type TestRedis } from '../testing/redis.ts'
import { forget, spend, spendWithin, trySpend } from './limits.ts'

sayIfSkipped('limits in Redis and transactions', redisProgram !== null)

const use = { action: 'confirm_email', key: 'ann@example.org' } as const
const limits = { confirm_email: '1/180s/key' }

function exchange({ server }: TestAuth): Exchange {
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
  return { server, client: 'app', request, session, pending: noWrites(), paid: new Set() }
}

async function isFree(auth: TestAuth): Promise<boolean> {
  return 'paid' in (await trySpend(exchange(auth), use.action, use.key))
}

for (const place of ['the database', 'Redis']) {
  const isInRedis = place === 'Redis'
  describe.skipIf(isInRedis && redisProgram === null)(`limits in ${place}`, () => {
    let redis: TestRedis | undefined

    beforeAll(async () => {
      if (isInRedis) redis = await startRedis()
    })

    afterAll(() => redis?.[Symbol.asyncDispose]())

    function start(): Promise<TestAuth> {
      const settings = { ACCOUNT_RATE_LIMITS: limits, REDIS_KEY_PREFIX: `${Math.random()}:` }
      return createTestAuth({ settings: { ...settings, ...(redis && { REDIS_URL: redis.url }) } })
    }

    it('are paid within a transaction that is written', async () => {
      await using auth = await start()
      const ctx = exchange(auth)
      ctx.pending.writes.push(async (tx) => assert.equal(await spendWithin(ctx, tx, use), true))
      await commit(ctx)
      assert.equal(await isFree(auth), false)
    })

    it('are given back where the transaction is not written, so that a second run can pay', async () => {
      await using auth = await start()
      const ctx = exchange(auth)
      ctx.pending.writes.push(async (tx) => assert.equal(await spendWithin(ctx, tx, use), true))
      ctx.pending.writes.push(async () => {
        throw new LostRace()
      })
      await assert.rejects(commit(ctx), LostRace)
      assert.equal(await isFree(auth), true)
    })

    it('are forgotten by a transaction that is written, and by no other', async () => {
      await using auth = await start()
      await spend(exchange(auth), use.action, use.key)
      for (const fails of [true, false]) {
        const ctx = exchange(auth)
        ctx.pending.writes.push((tx) => forget(ctx, tx, use.action, use.key))
        ctx.pending.writes.push(async () => {
          if (fails) throw new LostRace()
        })
        if (fails) {
          await assert.rejects(commit(ctx), LostRace)
          assert.equal(await isFree(auth), false)
        } else await commit(ctx)
      }
      assert.equal(await isFree(auth), true)
    })

    it('are paid by one of 20 signups at once with one address, which mails the one code', async () => {
      const settings = {
        ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
        ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
        ACCOUNT_RATE_LIMITS: { signup: '100/m/ip' },
        REDIS_KEY_PREFIX: `${Math.random()}:`,
        ...(redis && { REDIS_URL: redis.url }),
      }
      await using auth = await createTestAuth({ settings })
      const input = { email: 'raced@example.org', password: 'velvet-Otter-41' }
      const all = Array.from({ length: 20 }, () => auth.client('app').post('auth/signup', input))
      for (const { status } of await Promise.all(all)) assert.equal(status, 401)
      const sent = await auth.sent()
      assert.equal(sent.filter((it) => /verif|confirm/i.test(it)).length, 1, `${sent}`)
    })
  })
}
