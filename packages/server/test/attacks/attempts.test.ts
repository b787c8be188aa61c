// Whoever guesses codes tries to get more guesses: by another code, another session, another spelling of
// the address, the other kind of client, another network address for each request.
import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { wrongCode } from '../../src/mfa/testing/totp.ts'
import type { TestAuth } from '../../src/testing/auth.ts'
import { TestClient } from '../../src/testing/client.ts'
import { createTown, password, type Town } from './half-signed-in.ts'
import { kinds } from './operations.ts'

const { pending } = TestClient

/** A code that somebody waits for, and all that can be done about it. */
interface CodeCase {
  name: string
  begin(client: TestClient, town: Town): ReturnType<TestClient['post']>
  guess(client: TestClient, code: string): ReturnType<TestClient['post']>
  recipient(town: Town, changes: number): string
  resend?: string
  change?(client: TestClient, changes: number): ReturnType<TestClient['post']>
  /** How many codes the limits allow within two minutes, each with three guesses. */
  mostCodes: number
}

const supports = {
  ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 3,
  ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE: 3,
  ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND: 3,
  ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE: 3,
  ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND: 3,
}

/** Each time in other letters. */
let spellings = 0
function respell(address: string): string {
  spellings += 1
  const letters = [...address].map((it, n) => ((spellings >> (n % 4)) & 1 ? it.toUpperCase() : it))
  return letters.join('')
}

const cases: readonly CodeCase[] = [
  {
    name: 'to log in with',
    begin: (client, { people }) =>
      client.post('auth/code/request', { email: respell(people.cody.email) }),
    guess: (client, code) => client.post('auth/code/confirm', { code }),
    recipient: ({ people }) => people.cody.email,
    resend: 'auth/code/resend',
    mostCodes: 6,
  },
  {
    name: 'that verifies an address',
    begin: (client, { people }) =>
      client.post('auth/login', { email: respell(people.vera.email), password }),
    guess: (client, key) => client.post('auth/email/verify', { key }),
    recipient: ({ people }, changes) =>
      changes === 0 ? people.vera.email : `new${changes}@example.org`,
    resend: 'auth/email/verify/resend',
    change: (client, n) => client.post('account/email', { email: `new${n}@example.org` }),
    mostCodes: 12,
  },
  {
    name: 'that verifies a number',
    begin: (client, { people }) =>
      client.post('auth/login', { email: respell(people.phil.email), password }),
    guess: (client, code) => client.post('auth/phone/verify', { code }),
    recipient: ({ people }, changes) =>
      changes === 0 ? people.phil.phone : `+3169999999${changes}`,
    resend: 'auth/phone/verify/resend',
    change: (client, n) => client.post('account/phone', { phone: `+3169999999${n}` }),
    mostCodes: 4,
  },
  {
    name: 'that resets a password',
    begin: (client, { people }) =>
      client.post('auth/password/request', { email: respell(people.cody.email) }),
    guess: (client, key) =>
      client.post('auth/password/reset', { key, password: 'copper-Lagoon-58' }),
    recipient: ({ people }) => people.cody.email,
    mostCodes: 10,
  },
]

const wrong = 'BCDF-GHJK'

async function countFailures({ server: { db } }: TestAuth, type: string): Promise<number> {
  const rows = await db.selectFrom('events').select('id').where('type', '=', type).execute()
  return rows.length
}

describe.each(cases.filter(({ resend }) => resend))('guesses at the code $name', (code) => {
  it('do not come back with a code that is sent again', async () => {
    await using town = await createTown(supports)
    const client = town.auth.client('app')
    await code.begin(client, town)
    for (let n = 0; n < 3; n += 1) {
      if (n > 0) assert.equal((await client.post(code.resend ?? '')).status, 200)
      assert.equal((await code.guess(client, wrong)).status, 400)
    }
    const right = await town.auth.secretTo(code.recipient(town, 0))
    assert.equal((await code.guess(client, right)).status, 409)
  })
})

describe.each(cases.filter(({ change }) => change))('guesses at the code $name', (code) => {
  it('do not come back with another address', async () => {
    await using town = await createTown(supports)
    const client = town.auth.client('app')
    // Only whoever was never signed in corrects an address or number.
    await town.auth.server.db.updateTable('users').set({ last_login_at: null }).execute()
    await code.begin(client, town)
    for (let n = 0; n < 3; n += 1) {
      town.auth.clock.advance(60)
      if (n > 0) assert.match(String((await code.change?.(client, n))?.status), /^20[02]$/)
      assert.equal((await code.guess(client, wrong)).status, 400)
    }
    const right = await town.auth.secretTo(code.recipient(town, 2))
    assert.equal((await code.guess(client, right)).status, 409)
  })
})

describe.each(cases)('guesses at the code $name', ({ begin, guess, mostCodes }) => {
  it('are few, whatever sessions, clients, spellings and network addresses they come from', async () => {
    await using town = await createTown({ ACCOUNT_RATE_LIMITS: {} })
    const { auth } = town
    for (let second = 0; second < 120; second += 10) {
      for (const [index, kind] of kinds.entries()) {
        const client = auth.client(kind, { ip: `203.0.${second}.${index}` })
        await begin(client, town)
        for (let n = 0; n < 4; n += 1) await guess(client, wrong)
      }
      auth.clock.advance(10)
    }
    const compared = await countFailures(auth, 'code_failed')
    assert.ok(compared > 0 && compared <= 3 * mostCodes, `${compared}`)
  })
})

describe('guesses at the code of an authenticator app', () => {
  it('are five in five minutes, whatever sessions and clients they come from', async () => {
    await using town = await createTown({ ACCOUNT_RATE_LIMITS: {} })
    const { auth, people } = town
    const { tom } = people
    assert.ok(tom.app)
    for (let n = 0; n < 12; n += 1) {
      const client = auth.client(n % 2 ? 'app' : 'browser', { ip: `203.0.113.${n}` })
      const answer = await client.post('auth/login', { email: respell(tom.email), password })
      assert.equal(pending(answer), 'mfa_authenticate')
      await client.post('auth/2fa/authenticate', { code: wrongCode(tom.app) })
      auth.clock.advance(20)
    }
    assert.equal(await countFailures(auth, 'login_failed'), 5)
    const owner = auth.client('app', { ip: '203.0.113.99' })
    await owner.post('auth/login', { email: tom.email, password })
    const late = await owner.post('auth/2fa/authenticate', { code: tom.app.code() })
    assert.deepEqual(TestClient.errors(late), ['too_many_login_attempts@code'])
  })
})
