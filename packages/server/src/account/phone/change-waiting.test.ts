import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { listed, signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const otto = { username: 'otto', phone: '+31687654321', password: 'marble-Kiosk-77' }
const [typo, meant] = ['+31600000001', '+31612345678']
const wrong = 'BCDF-GHJK'
const byPhone = {
  ACCOUNT_LOGIN_METHODS: ['phone'],
  ACCOUNT_SIGNUP_FIELDS: ['phone*', 'password1*'],
  ACCOUNT_EMAIL_VERIFICATION: 'none',
}
const changing = {
  ...byPhone,
  ACCOUNT_RATE_LIMITS: false,
  ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE: 2,
}

/** A server, and a client whose signup waits for the code of a mistyped number. */
async function start({ settings = changing, users = [otto] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  const client = auth.client('app')
  const answer = await client.post('auth/signup', { phone: typo, password })
  assert.equal(pending(answer), 'verify_phone')
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

function change(client: TestClient, phone: unknown) {
  return client.post('account/phone', { phone })
}

function verify(client: TestClient, code: string) {
  return client.post('auth/phone/verify', { code })
}

describe('POST account/phone while a signup waits for its code', () => {
  it('sends the code to the other number, which takes the place of the first', async () => {
    await using it = await start()
    const first = await it.auth.secretTo(typo)
    const answer = await change(it.client, meant)
    assert.deepEqual([answer.status, listed(answer)], [202, [meant]])
    assert.deepEqual(errors(await verify(it.client, first)), ['incorrect_code@code'])
    assert.equal((await verify(it.client, await it.auth.secretTo(meant))).status, 200)
    assert.deepEqual(listed(await it.client.get('account/phone')), [`${meant} verified`])
    const old = await it.auth.client('app').post('auth/login', { phone: typo, password })
    assert.equal(old.status, 400)
  })

  it('works as often as the settings allow, and gives no attempts back', async () => {
    await using it = await start()
    await verify(it.client, wrong)
    await change(it.client, meant)
    await verify(it.client, wrong)
    await change(it.client, '+31600000002')
    assert.equal((await change(it.client, meant)).status, 409)
    assert.equal((await verify(it.client, wrong)).status, 400)
    assert.equal((await verify(it.client, await it.auth.secretTo('+31600000002'))).status, 409)
  })

  it('refuses the same number and malformed ones, and uses nothing up', async () => {
    await using it = await start()
    assert.deepEqual(errors(await change(it.client, typo)), ['same_as_current@phone'])
    assert.deepEqual(errors(await change(it.client, 'bad')), ['invalid_phone@phone'])
    assert.deepEqual(errors(await change(it.client, '')), ['required@phone'])
    assert.equal((await change(it.client, '+31600000002')).status, 202)
    assert.equal((await change(it.client, meant)).status, 202)
  })

  it('may go back to the number of the signup, which is not taken', async () => {
    await using it = await start()
    await change(it.client, meant)
    assert.equal((await change(it.client, typo)).status, 202)
    assert.equal((await verify(it.client, await it.auth.secretTo(typo))).status, 200)
    assert.deepEqual(listed(await it.client.get('account/phone')), [`${typo} verified`])
  })

  it('answers 409 where the settings do not allow it, before the input', async () => {
    await using it = await start({ settings: byPhone })
    assert.equal((await change(it.client, 'bad')).status, 409)
    assert.equal((await it.auth.sent()).length, 1)
  })

  it('is counted by the limits on codes, per number and per network address', async () => {
    const settings = {
      ...changing,
      ACCOUNT_RATE_LIMITS: { change_phone: '' },
      ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE: 9,
    }
    await using it = await start({ settings })
    assert.equal((await change(it.client, meant)).status, 202)
    assert.equal((await change(it.client, typo)).status, 429)
    assert.equal((await change(it.client, '+31600000002')).status, 202)
    assert.equal((await change(it.client, '+31600000003')).status, 429)
    it.auth.clock.advance(60)
    assert.equal((await change(it.client, typo)).status, 202)
    assert.equal((await it.auth.sent()).length, 4)
  })

  it('is counted as a change of the user, also a mistaken one, signed in or not', async () => {
    const settings = { ...changing, ACCOUNT_RATE_LIMITS: {} }
    await using it = await start({ settings })
    assert.deepEqual(errors(await change(it.client, 'bad')), ['invalid_phone@phone'])
    assert.equal((await change(it.client, meant)).status, 429)
    it.auth.clock.advance(60)
    assert.equal((await change(it.client, meant)).status, 202)
    assert.equal((await verify(it.client, await it.auth.secretTo(meant))).status, 200)
    assert.equal((await change(it.client, typo)).status, 429)
  })

  it('is stored at once, so that a login elsewhere goes on with it', async () => {
    await using it = await start()
    await change(it.client, meant)
    const other = it.auth.client('app')
    const old = await other.post('auth/login', { phone: typo, password })
    assert.deepEqual(errors(old), ['phone_password_mismatch@password'])
    assert.equal(
      pending(await other.post('auth/login', { phone: meant, password })),
      'verify_phone',
    )
    const signup = { phone: typo, password }
    assert.equal(pending(await it.auth.client('app').post('auth/signup', signup)), 'verify_phone')
    assert.match(String((await it.auth.sent()).at(-1)), /^\+31600000001: [A-Z]{4}-[A-Z]{4} is/)
  })

  it('is over with the signup', async () => {
    await using it = await start()
    await verify(it.client, await it.auth.secretTo(typo))
    await change(it.client, meant)
    assert.deepEqual(listed(await it.client.get('account/phone')), [`${typo} verified`])
  })
})

describe('POST account/phone with a taken number while a signup waits for its code', () => {
  it('answers as for a free one, tells the owner, and no code matches', async () => {
    await using it = await start()
    const answer = await change(it.client, otto.phone)
    assert.deepEqual([answer.status, listed(answer)], [202, [otto.phone]])
    assert.match(String((await it.auth.sent()).at(-1)), /^\+31687654321: .*has an account already/)
    const first = await it.auth.secretTo(typo)
    assert.deepEqual(errors(await verify(it.client, first)), ['incorrect_code@code'])
    await signIn(it.auth, otto)
  })

  it('goes on as after a free one: wrong codes, the quota, another number', async () => {
    const seen = new Set<string>()
    for (const phone of [otto.phone, '+31600000002']) {
      await using it = await start()
      const steps = [
        await change(it.client, phone),
        await it.client.get('auth/session'),
        await verify(it.client, wrong),
        await change(it.client, phone),
        await it.client.post('auth/phone/verify/resend'),
        await change(it.client, meant),
        await change(it.client, '+31600000003'),
        await verify(it.client, wrong),
        await it.client.get('auth/session'),
      ]
      seen.add(
        steps.map(({ status, text }) => `${status} ${text.replaceAll(phone, '?')}`).join('\n'),
      )
      assert.equal((await verify(it.client, await it.auth.secretTo(meant))).status, 200)
    }
    assert.equal(seen.size, 1, [...seen].join('\n\n'))
  })

  it('is refused where nothing is to be hidden', async () => {
    const settings = { ...changing, ACCOUNT_PREVENT_ENUMERATION: false }
    await using it = await start({ settings })
    assert.deepEqual(errors(await change(it.client, otto.phone)), ['phone_taken@phone'])
    assert.equal((await change(it.client, meant)).status, 202)
  })

  it('tells the owner five times in ten minutes at most', async () => {
    const settings = { ...changing, ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE: 20 }
    await using it = await start({ settings })
    for (let n = 0; n < 7; n += 1) {
      await change(it.client, otto.phone)
      await change(it.client, `+3160000010${n}`)
    }
    const told = (await it.auth.sent()).filter((it) => it.startsWith(otto.phone))
    assert.equal(told.length, 5)
  })

  it('is not possible for a signup that only pretends', async () => {
    await using it = await start()
    const pretender = it.auth.client('app')
    const signup = { phone: otto.phone, password }
    assert.equal(pending(await pretender.post('auth/signup', signup)), 'verify_phone')
    assert.equal((await change(pretender, meant)).status, 409)
  })
})
