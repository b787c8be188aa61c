import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'

const { errors } = TestClient
const password = 'velvet-Otter-41'
const verified = { email: 'verified@example.org', verified: true }
const unverified = { email: 'unverified@example.org', verified: false }
const ann = {
  email: 'ann@example.org',
  username: 'ann',
  password,
  extra_emails: [verified, unverified],
}
const bob = { email: 'bob@example.org', username: 'bob', password }
const noLimits = { ACCOUNT_RATE_LIMITS: false }
const noticed = { ...noLimits, ACCOUNT_EMAIL_NOTIFICATIONS: true }

async function start({ settings = {}, users = [ann, bob] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  const client = await signIn(auth, ann)
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

function makePrimary(client: TestClient, email: string, given: object = { primary: true }) {
  return client.patch('account/email', { email, ...given })
}

function remove(client: TestClient, email: string) {
  return client.delete('account/email', { email })
}

describe('PUT account/email by link', () => {
  it('mails the link again, and answers 403 when that is too soon', async () => {
    await using it = await start()
    assert.equal((await it.client.put('account/email', unverified)).status, 200)
    const key = await it.auth.secretTo(unverified.email)
    it.auth.clock.advance(179.999)
    const early = await it.client.put('account/email', unverified)
    assert.deepEqual([early.status, early.body], [403, { status: 403 }])
    it.auth.clock.advance(0.001)
    assert.equal((await it.client.put('account/email', unverified)).status, 200)
    assert.equal((await it.auth.sent()).length, 2)
    assert.equal((await it.client.post('auth/email/verify', { key })).status, 200)
  })

  it('mails a verified address too', async () => {
    await using it = await start()
    assert.equal((await it.client.put('account/email', verified)).status, 200)
    assert.equal((await it.auth.sent()).length, 1)
  })

  it('shares its limit with the mail that adding sends', async () => {
    await using it = await start()
    await it.client.post('account/email', { email: 'new@example.org' })
    const soon = await it.client.put('account/email', { email: 'new@example.org' })
    assert.equal(soon.status, 403)
  })

  it('sends one mail for 20 requests at once', async () => {
    await using it = await start({ settings: { ACCOUNT_RATE_LIMITS: { manage_email: '' } } })
    const asked = Array.from({ length: 20 }, () => it.client.put('account/email', unverified))
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 200).length, 1)
    assert.equal((await it.auth.sent()).length, 1)
  })

  it('follows the older setting of the cooldown', async () => {
    await using it = await start({ settings: { ACCOUNT_EMAIL_CONFIRMATION_COOLDOWN: 5 } })
    await it.client.put('account/email', unverified)
    it.auth.clock.advance(5)
    assert.equal((await it.client.put('account/email', unverified)).status, 200)
  })
})

describe('PUT, PATCH and DELETE account/email', () => {
  it('know nothing of the addresses of another user', async () => {
    await using it = await start({ settings: noLimits })
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      for (const email of [bob.email, 'nobody@example.org']) {
        const json = { email, primary: true }
        const answer = await it.client.request(method, 'account/email', json)
        assert.deepEqual(errors(answer), ['unknown_email@email'], `${method} ${email}`)
      }
    }
    const ofBob = await signIn(it.auth, bob)
    assert.deepEqual(listed(await ofBob.get('account/email')), ['bob@example.org verified primary'])
    assert.deepEqual(await it.auth.sent(), [])
  })

  it('refuse what is missing or malformed', async () => {
    await using it = await start({ settings: noLimits })
    for (const method of ['PUT', 'DELETE']) {
      const answers = [
        await it.client.request(method, 'account/email', {}),
        await it.client.request(method, 'account/email', { email: ' ' }),
        await it.client.request(method, 'account/email', { email: 'bad' }),
      ]
      assert.deepEqual(answers.flatMap(errors), [
        'required@email',
        'required@email',
        'invalid@email',
      ])
    }
    const answer = await it.client.patch('account/email', {})
    assert.deepEqual(errors(answer), ['required@email', 'required@primary'])
  })

  it('know nothing of an address that is longer than any that can be added', async () => {
    await using it = await start({ settings: noLimits })
    for (const [labels, code] of [
      [5, 'unknown_email'],
      [7, 'invalid'],
    ] as const) {
      const email = `a@${`${'b'.repeat(50)}.`.repeat(labels)}org`
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const answer = await it.client.request(method, 'account/email', { email, primary: true })
        assert.deepEqual(errors(answer), [`${code}@email`], `${method} ${email.length}`)
      }
    }
  })
})

describe('PATCH account/email', () => {
  it('makes a verified address the primary one, in whatever spelling', async () => {
    await using it = await start()
    const answer = await makePrimary(it.client, 'VERIFIED@example.org')
    assert.deepEqual(
      listed(answer),
      ['verified@example.org verified primary', 'ann@example.org verified', unverified.email].sort(
        (a, b) => Number(b.includes('primary')) - Number(a.includes('primary')),
      ),
    )
    const { body } = await it.client.get('auth/session')
    assert.equal(body.data?.user?.email, verified.email)
    assert.deepEqual(await eventTypes(it.auth), ['logged_in', 'email_changed'])
  })

  it('changes nothing for the one that is primary already', async () => {
    await using it = await start({ settings: noticed })
    const answer = await makePrimary(it.client, ann.email)
    assert.equal(answer.status, 200)
    assert.deepEqual(await it.auth.sent(), [])
    assert.deepEqual(await eventTypes(it.auth), ['logged_in'])
  })

  it('takes only true for primary, as text or number too', async () => {
    await using it = await start({ settings: noLimits })
    for (const primary of [undefined, null, false, 'false', 'False', 0, '']) {
      const answer = await makePrimary(it.client, verified.email, { primary })
      assert.deepEqual(errors(answer), ['required@primary'], String(primary))
    }
    assert.equal((await makePrimary(it.client, verified.email, { primary: 'true' })).status, 200)
  })

  it('refuses an unverified one where another is verified', async () => {
    await using it = await start()
    const answer = await makePrimary(it.client, unverified.email)
    assert.deepEqual(errors(answer), ['unverified_primary_email@email'])
  })

  it('takes any where none is verified', async () => {
    const users = [{ ...ann, email_verified: false, extra_emails: [unverified] }]
    await using it = await start({ users })
    const answer = await makePrimary(it.client, unverified.email)
    assert.deepEqual(listed(answer).sort(), [ann.email, `${unverified.email} primary`])
  })

  it('tells the address that was primary before', async () => {
    await using it = await start({ settings: noticed })
    await makePrimary(it.client, verified.email)
    assert.deepEqual(await it.auth.sent(), [
      `${ann.email}: Your email address was changed - Latchkey`,
    ])
    const mail = await it.auth.mailTo(ann.email)
    assert.match(mail, /from ann@example\.org to\sverified@example\.org/)
  })
})

describe('DELETE account/email', () => {
  it('removes the address, and ends its link', async () => {
    await using it = await start()
    await it.client.put('account/email', unverified)
    const key = await it.auth.secretTo(unverified.email)
    const answer = await remove(it.client, ' Unverified@example.org')
    assert.deepEqual(listed(answer), [
      'ann@example.org verified primary',
      'verified@example.org verified',
    ])
    const late = await it.client.post('auth/email/verify', { key })
    assert.deepEqual(errors(late), ['invalid_or_expired_key@key'])
    assert.deepEqual(errors(await remove(it.client, unverified.email)), ['unknown_email@email'])
    assert.deepEqual(await eventTypes(it.auth), ['logged_in', 'email_removed'])
  })

  it('frees the address for another user', async () => {
    await using it = await start()
    await remove(it.client, verified.email)
    const ofBob = await signIn(it.auth, bob)
    await ofBob.post('account/email', { email: verified.email })
    const key = await it.auth.secretTo(verified.email)
    assert.equal((await ofBob.post('auth/email/verify', { key })).status, 200)
  })

  it('refuses the primary one while there are others', async () => {
    await using it = await start()
    assert.deepEqual(errors(await remove(it.client, ann.email)), [
      'cannot_remove_primary_email@email',
    ])
  })

  it('leaves the last one to whoever logs in by email alone', async () => {
    const users = [{ ...ann, extra_emails: [] }]
    for (const [methods, outcome] of [
      [['email'], 'cannot_remove_primary_email@email'],
      [['username', 'email'], 200],
      [['phone', 'email'], 200],
    ] as const) {
      const settings = {
        ACCOUNT_LOGIN_METHODS: methods,
        ACCOUNT_SIGNUP_FIELDS: ['username', 'phone', 'email*', 'password1*'],
        ACCOUNT_PHONE_VERIFICATION_ENABLED: false,
      }
      await using it = await start({ settings, users })
      const answer = await remove(it.client, ann.email)
      assert.equal(errors(answer)[0] ?? answer.status, outcome, methods.join())
      if (outcome !== 200) continue
      assert.deepEqual(listed(answer), [])
      const { body } = await it.client.get('auth/session')
      assert.equal(body.data?.user?.email, undefined)
    }
  })

  it('tells the primary address', async () => {
    await using it = await start({ settings: noticed })
    await remove(it.client, verified.email)
    assert.deepEqual(await it.auth.sent(), [
      `${ann.email}: An email address was removed - Latchkey`,
    ])
    assert.match(await it.auth.mailTo(ann.email), /The address verified@example\.org was\sremoved/)
  })

  it('beside PATCH at once leaves exactly one primary address', async () => {
    for (let round = 0; round < 5; round += 1) {
      const settings = { ...noLimits, ACCOUNT_END_OTHER_SESSIONS_ON_EMAIL_CHANGE: false }
      await using it = await start({ settings })
      const other = await signIn(it.auth, ann)
      const change = () => makePrimary(it.client, verified.email)
      const removal = () => remove(other, verified.email)
      const order = round % 2 ? [change, removal] : [removal, change]
      const answers = await Promise.all(order.map((send) => send()))
      const failed = answers.filter(({ status }) => status !== 200 && status !== 400)
      assert.deepEqual(failed, [])
      const left = listed(await it.client.get('account/email'))
      assert.equal(left.filter((it) => it.endsWith(' primary')).length, 1, left.join())
    }
  })
})
