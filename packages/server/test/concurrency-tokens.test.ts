// Signed tokens against four processes at once: one successor for a refresh token, one end for a stolen
// one, and no process that goes on with what another has ended.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, it } from 'vitest'
import { password, useCluster } from './cluster.ts'
import { tally } from './http-client.ts'

const cluster = useCluster({
  ACCOUNT_EMAIL_VERIFICATION: 'none',
  ACCOUNT_RATE_LIMITS: 'false',
  HEADLESS_TOKEN_STRATEGY: 'jwt',
  HEADLESS_JWT_ALGORITHM: 'ES256',
  HEADLESS_JWT_REFRESH_TOKEN_GRACE_PERIOD: '2',
})

const reused = sql`select count(*) as count from events where type = 'refresh_token_reused'`

async function logIn(email: string) {
  const { body, status } = await cluster.ask('POST', 'auth/login', { json: { email, password } })
  assert.equal(status, 200)
  const { session_token: session = '', access_token: access = '' } = body.meta ?? {}
  return { session, access, refresh: body.meta?.refresh_token ?? '' }
}

/** Trades one refresh token, many times at once. */
function trade(times: number, token: string) {
  return cluster.atOnce(times, 'POST', 'tokens/refresh', () => ({ json: { refresh_token: token } }))
}

function statusWith(access: string) {
  return cluster.atOnce(4, 'GET', 'auth/session', () => ({
    headers: { authorization: `Bearer ${access}` },
  }))
}

describe('one refresh token', () => {
  it('gives one successor to 50 who ask at once, and ends its session when it comes late', async () => {
    await cluster.signUp('ann@example.test', '200')
    const { refresh, session } = await logIn('ann@example.test')
    const answers = await trade(50, refresh)
    assert.deepEqual(tally(answers), { '200': 50 })
    const successors = new Set(answers.map(({ body }) => JSON.stringify(body.data)))
    assert.equal(successors.size, 1)
    const data = answers[0]?.body.data
    const access = String(data?.access_token)
    assert.deepEqual(tally(await statusWith(access)), { '200': 4 })
    const successor = data?.refresh_token ?? ''
    assert.deepEqual(tally(await trade(10, successor)), { '200': 10 })
    assert.equal(await cluster.read(reused), 0)
    await sleep(2500)
    // Two of one chain at once: whoever comes first, it is one end.
    const late = await Promise.all([trade(20, refresh), trade(20, successor)])
    assert.deepEqual(tally(late.flat()), { '400': 40 })
    assert.equal(await cluster.read(reused), 1)
    assert.deepEqual(tally(await statusWith(access)), { '410': 4 })
    const asked = await cluster.ask('GET', 'auth/session', { token: session })
    assert.equal(asked.status, 410)
  })

  it('makes nothing that outlives a logout at the same time', async () => {
    await cluster.signUp('bob@example.test', '200')
    for (let round = 0; round < 5; round += 1) {
      const { refresh, session } = await logIn('bob@example.test')
      const [traded] = await Promise.all([
        trade(10, refresh),
        cluster.ask('DELETE', 'auth/session', { token: session }),
      ])
      for (const { status, body } of traded) {
        if (status !== 200) continue
        assert.deepEqual(tally(await statusWith(String(body.data?.access_token))), { '410': 4 })
        const again = await trade(1, String(body.data?.refresh_token))
        assert.deepEqual(tally(again), { '400': 1 })
      }
    }
  })
})

describe('a key that signs', () => {
  it('is one for all processes, which start at once over a new database', async () => {
    await cluster.signUp('cid@example.test', '200')
    const held = await Promise.all([1, 2, 3, 4].map(() => logIn('cid@example.test')))
    for (const { access } of held) {
      assert.deepEqual(tally(await statusWith(access)), { '200': 4 })
    }
  })
})
