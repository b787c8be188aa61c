import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const paula = { username: 'paula', phone: '+31612345678', password }
const otto = { username: 'otto', phone: '+31687654321', password: 'marble-Kiosk-77' }
const free = '+31600000001'
const byPhone = {
  ACCOUNT_LOGIN_METHODS: ['phone'],
  ACCOUNT_SIGNUP_FIELDS: ['phone*', 'password1*'],
  ACCOUNT_EMAIL_VERIFICATION: 'none',
}
const noLimits = { ...byPhone, ACCOUNT_RATE_LIMITS: false }

async function start({ settings = noLimits, users = [paula, otto] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  const client = await signIn(auth, paula)
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

function change(client: TestClient, phone: unknown, more: object = {}) {
  return client.post('account/phone', { phone, ...more })
}

function verify(client: TestClient, code: string) {
  return client.post('auth/phone/verify', { code })
}

describe('GET account/phone', () => {
  it('lists the number, or nothing', async () => {
    const settings = {
      ACCOUNT_LOGIN_METHODS: ['username', 'phone'],
      ACCOUNT_SIGNUP_FIELDS: ['username*', 'phone', 'password1*'],
      ACCOUNT_EMAIL_VERIFICATION: 'none',
    }
    const nina = { username: 'nina', password }
    await using it = await start({ settings, users: [paula, nina] })
    assert.deepEqual(listed(await it.client.get('account/phone')), [`${paula.phone} verified`])
    const without = await signIn(it.auth, nina)
    assert.deepEqual(listed(await without.get('account/phone')), [])
  })

  it('answers 401 to whoever is not signed in, or only half', async () => {
    await using auth = await createTestAuth({
      settings: byPhone,
      users: [{ ...paula, phone_verified: false }],
    })
    for (const kind of ['app', 'browser'] as const) {
      const client = auth.client(kind)
      assert.equal((await client.get('account/phone')).status, 401)
      assert.equal((await change(client, free)).status, 409)
      const methods = ['PUT', 'PATCH', 'DELETE'].map((method) =>
        client.request(method, 'account/phone', { phone: free }),
      )
      for (const answer of await Promise.all(methods)) assert.equal(answer.status, 401)
    }
    const client = auth.client('app')
    assert.equal(pending(await client.post('auth/login', paula)), 'verify_phone')
    assert.equal((await client.get('account/phone')).status, 401)
  })
})

describe('POST account/phone', () => {
  it('leaves the old number in use until the code for the new one is given', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using auth = await createTestAuth({ settings: byPhone, users: [paula] })
      const client = await signIn(auth, paula, kind)
      const answer = await change(client, free)
      assert.deepEqual([answer.status, listed(answer)], [202, [free]])
      assert.deepEqual(listed(await client.get('account/phone')), [`${paula.phone} verified`])
      assert.equal((await verify(client, await auth.secretTo(free))).status, 200)
      assert.deepEqual(listed(await client.get('account/phone')), [`${free} verified`])
      const old = await auth.client('app').post('auth/login', { phone: paula.phone, password })
      assert.deepEqual(errors(old), ['phone_password_mismatch@password'])
      await signIn(auth, { phone: free, password })
      assert.deepEqual(await eventTypes(auth), [
        'logged_in',
        'phone_changed',
        'login_failed',
        'logged_in',
      ])
    }
  })

  it('gives a first number to whoever has none', async () => {
    const settings = {
      ACCOUNT_LOGIN_METHODS: ['email'],
      ACCOUNT_SIGNUP_FIELDS: ['email*', 'phone', 'password1*'],
    }
    const ann = { email: 'ann@example.org', password }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signIn(auth, ann)
    await change(client, free)
    await verify(client, await auth.secretTo(free))
    assert.deepEqual(listed(await client.get('account/phone')), [`${free} verified`])
  })

  it('refuses the own number, what is missing, and what is no number in E.164', async () => {
    await using it = await start()
    assert.deepEqual(errors(await change(it.client, paula.phone)), ['same_as_current@phone'])
    for (const phone of [undefined, null, '', ' ']) {
      assert.deepEqual(errors(await change(it.client, phone)), ['required@phone'])
    }
    const wrong = ['0612345678', '+123', '+31 6-8765 4321', '+0123456789', 31687654321, `${free},`]
    for (const phone of wrong) {
      assert.deepEqual(errors(await change(it.client, phone)), ['invalid_phone@phone'])
    }
    assert.deepEqual(await it.auth.sent(), [])
  })

  it('does not let the body decide what belongs to nobody but the server', async () => {
    await using it = await start()
    await change(it.client, free, { verified: true, is_verified: true, user_id: 'x', code: 'x' })
    assert.deepEqual(listed(await it.client.get('account/phone')), [`${paula.phone} verified`])
  })

  it('replaces a change that waits', async () => {
    await using it = await start()
    await change(it.client, free)
    const first = await it.auth.secretTo(free)
    await change(it.client, '+31600000002')
    assert.deepEqual(errors(await verify(it.client, first)), ['incorrect_code@code'])
    const second = await it.auth.secretTo('+31600000002')
    assert.equal((await verify(it.client, second)).status, 200)
    assert.deepEqual(listed(await it.client.get('account/phone')), ['+31600000002 verified'])
  })

  it('is void in another session, and once its own was ended', async () => {
    await using it = await start()
    const other = await signIn(it.auth, paula)
    await change(it.client, free)
    const code = await it.auth.secretTo(free)
    assert.equal((await verify(other, code)).status, 409)
    await it.client.delete('auth/session')
    assert.equal((await verify(it.client, code)).status, 410)
    assert.deepEqual(listed(await other.get('account/phone')), [`${paula.phone} verified`])
  })

  it('tells the primary address where the settings say so', async () => {
    const settings = {
      ACCOUNT_LOGIN_METHODS: ['email'],
      ACCOUNT_SIGNUP_FIELDS: ['email*', 'phone', 'password1*'],
      ACCOUNT_EMAIL_NOTIFICATIONS: true,
    }
    const ann = { email: 'ann@example.org', phone: paula.phone, password }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signIn(auth, ann)
    await change(client, free)
    await verify(client, await auth.secretTo(free))
    assert.match(
      String((await auth.sent()).at(-1)),
      /^ann@example\.org: Your phone number was changed/,
    )
  })
})

describe('POST account/phone with the number of another account', () => {
  it('answers as for a free one; what its owner is sent changes nothing', async () => {
    for (const more of [{}, { ACCOUNT_PREVENT_ENUMERATION: 'strict' }]) {
      await using it = await start({ settings: { ...byPhone, ...more } })
      const answer = await change(it.client, otto.phone)
      assert.deepEqual([answer.status, listed(answer)], [202, [otto.phone]])
      const code = await it.auth.secretTo(otto.phone)
      assert.deepEqual(errors(await verify(it.client, code)), ['phone_taken@code'])
      assert.deepEqual(listed(await it.client.get('account/phone')), [`${paula.phone} verified`])
      await signIn(it.auth, otto)
    }
  })

  it('counts a right code for it as an attempt', async () => {
    await using it = await start()
    await change(it.client, otto.phone)
    const code = await it.auth.secretTo(otto.phone)
    for (let n = 0; n < 3; n += 1) {
      assert.deepEqual(errors(await verify(it.client, code)), ['phone_taken@code'])
    }
    assert.equal((await verify(it.client, code)).status, 409)
  })

  it('is refused where nothing is to be hidden', async () => {
    await using it = await start({ settings: { ...noLimits, ACCOUNT_PREVENT_ENUMERATION: false } })
    assert.deepEqual(errors(await change(it.client, otto.phone)), ['phone_taken@phone'])
    assert.deepEqual(await it.auth.sent(), [])
    assert.equal((await change(it.client, free)).status, 202)
  })

  it('goes to one of two who want the same free one at once', async () => {
    await using it = await start()
    const ofOtto = await signIn(it.auth, otto)
    await change(it.client, free)
    const first = await it.auth.secretTo(free)
    await change(ofOtto, free)
    const second = await it.auth.secretTo(free)
    const answers = await Promise.all([verify(it.client, first), verify(ofOtto, second)])
    const outcomes = answers.map((answer) => errors(answer)[0] ?? answer.status)
    assert.deepEqual(outcomes.map(String).sort(), ['200', 'phone_taken@code'])
  })
})

describe('POST account/phone where no login takes a code to the number', () => {
  const settings = { ...noLimits, ACCOUNT_PHONE_VERIFICATION_ENABLED: false }

  it('still takes the code of another number', async () => {
    await using it = await start({ settings })
    assert.equal((await change(it.client, free)).status, 202)
    assert.deepEqual(listed(await it.client.get('account/phone')), [`${paula.phone} verified`])
    assert.equal((await verify(it.client, await it.auth.secretTo(free))).status, 200)
    assert.deepEqual(listed(await it.client.get('account/phone')), [`${free} verified`])
  })
})

describe('POST account/phone, the limits', () => {
  it('counts every change of a user, also a mistaken one', async () => {
    await using it = await start({ settings: byPhone })
    assert.equal((await change(it.client, 'bad')).status, 400)
    const other = await signIn(it.auth, paula, 'browser')
    assert.equal((await change(other, free)).status, 429)
    assert.equal((await change(await signIn(it.auth, otto), free)).status, 202)
    it.auth.clock.advance(60)
    assert.equal((await change(it.client, '+31600000002')).status, 202)
  })

  it('sends a number one code in 30 seconds, whoever wants it', async () => {
    const settings = { ...byPhone, ACCOUNT_RATE_LIMITS: { change_phone: '' } }
    await using it = await start({ settings })
    assert.equal((await change(it.client, free)).status, 202)
    const ofOtto = await signIn(it.auth, otto)
    const early = await change(ofOtto, free)
    assert.deepEqual([early.status, early.headers.get('retry-after')], [429, '30'])
    it.auth.clock.advance(30)
    assert.equal((await change(ofOtto, free)).status, 202)
    assert.equal((await it.auth.sent()).length, 2)
  })

  it('sends three codes a minute to one network address, whatever the number', async () => {
    const settings = { ...byPhone, ACCOUNT_RATE_LIMITS: { change_phone: '' } }
    await using it = await start({ settings })
    const statuses: number[] = []
    for (let n = 1; n <= 4; n += 1) {
      statuses.push((await change(it.client, `+3160000000${n}`)).status)
    }
    assert.deepEqual(statuses, [202, 202, 202, 429])
    assert.equal((await it.auth.sent()).length, 3)
    const elsewhere = await signIn(it.auth, paula, 'app', { ip: '192.0.2.2' })
    assert.equal((await change(elsewhere, '+31600000004')).status, 202)
  })

  it('sends one code for 20 changes to one number at once', async () => {
    const settings = { ...byPhone, ACCOUNT_RATE_LIMITS: { change_phone: '' } }
    await using it = await start({ settings })
    const asked = Array.from({ length: 20 }, () => change(it.client, free))
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 202).length, 1)
    assert.equal((await it.auth.sent()).length, 1)
  })
})
