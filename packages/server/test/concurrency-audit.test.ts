// Four processes write events into one chain, while it is verified.
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { describe, it } from 'vitest'
import { password, useCluster } from './cluster.ts'
import { tally } from './http-client.ts'

describe('the audit log of four processes', () => {
  const cluster = useCluster({
    ACCOUNT_EMAIL_VERIFICATION: 'none',
    ACCOUNT_RATE_LIMITS: JSON.stringify({ login: '10000/m/ip', login_failed: '10000/m/ip' }),
  })

  it('is one whole chain, whoever writes what at once', { timeout: 90_000 }, async () => {
    await cluster.signUp('ann@example.org', '200')
    const login = (word: string) => () => ({ json: { email: 'ann@example.org', password: word } })
    const verifying = [1, 2, 3].map(() => cluster.run('audit', 'verify'))
    const [right, wrong] = await Promise.all([
      cluster.atOnce(50, 'POST', 'auth/login', login(password)),
      cluster.atOnce(50, 'POST', 'auth/login', login('wrong horse')),
    ])
    assert.deepEqual(tally(right), { '200': 50 })
    assert.deepEqual(tally(wrong), { '400 email_password_mismatch': 50 })
    const ended = await cluster.atOnce(50, 'DELETE', 'auth/session', (n) => ({
      token: right[n]?.body.meta?.session_token,
    }))
    assert.deepEqual(tally(ended), { '401': 50 })
    for (const { code, stdout, stderr } of await Promise.all(verifying)) {
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
      assert.match(stdout, /: whole\ncheckpoint \d+:/)
    }
    assert.equal(await cluster.read(sql`select count(*) as count from events where seq is null`), 0)
    const logins = sql`select count(*) as count from events
      where type in ('logged_in', 'login_failed')`
    assert.equal(await cluster.read(logins), 101)
    const events = await cluster.read(sql`select count(*) as count from events`)
    const { code, stdout } = await cluster.run('audit', 'verify')
    assert.equal(code, 0)
    assert.ok(stdout.startsWith(`${events} events, 1 to ${events}: whole\ncheckpoint ${events}:`))
  })
})
