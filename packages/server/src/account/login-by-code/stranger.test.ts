import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { setUpTotp } from '../../mfa/testing/totp.ts'
import { createSocialAuth, handOver } from '../../socialaccount/testing/social.ts'
import { createTestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'

const settings = { ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
const victim = 'vic@example.org'
const attackersPassword = 'mallory knows this one'

function codeIn(mail: string): string {
  return /^[A-Z]{4}-[A-Z]{4}$/m.exec(mail)?.[0] ?? ''
}

describe('an account that a stranger signed up with somebody else’s address', () => {
  it('is the owner’s alone once the owner has logged in by code', async () => {
    await using auth = await createTestAuth({ settings })
    const mallory = auth.client('app')
    const body = { email: victim, password: attackersPassword }
    assert.equal((await mallory.post('auth/signup', body)).status, 200)
    const vic = auth.client('app')
    await vic.post('auth/code/request', { email: victim })
    const code = codeIn(await auth.mailTo(victim))
    assert.equal((await vic.post('auth/code/confirm', { code })).status, 200)

    // The stranger is signed out, and the password alone opens nothing any more.
    assert.equal((await mallory.get('auth/session')).status, 410)
    const again = await auth.client('app').post('auth/login', body)
    assert.equal(again.status, 401)
    assert.equal(TestClient.pending(again), 'login_by_code')
    assert.equal((await vic.get('auth/session')).status, 200)
  })

  it('does not let its address in beside one that the stranger has verified', async () => {
    const byCode = { ...settings, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true }
    await using auth = await createTestAuth({ settings: byCode })
    const [mallory, early] = [auth.client('app'), auth.client('app')]
    await mallory.post('auth/signup', { email: victim, password: attackersPassword })
    await early.post('auth/code/request', { email: victim })
    const code = codeIn(await auth.mailTo(victim))
    const own = 'mallory@example.org'
    await mallory.post('account/email', { email: own })
    assert.equal(
      (await mallory.post('auth/email/verify', { key: await auth.secretTo(own) })).status,
      200,
    )
    // Both would share the account.
    assert.equal((await early.post('auth/code/confirm', { code })).status, 409)
    const before = (await auth.sent()).length
    await auth.client('app').post('auth/code/request', { email: victim })
    await auth.client('app').post('auth/password/request', { email: victim })
    const sent = (await auth.sent()).slice(before)
    assert.equal(sent.length, 2)
    assert.ok(
      sent.every((it) => it.startsWith(victim) && it.includes('no account')),
      sent.join(),
    )
    await auth.client('app').post('auth/code/request', { email: own })
    assert.match(codeIn(await auth.mailTo(own)), /./)
  })

  it('loses the accounts elsewhere that the stranger connected, by a reset', async () => {
    await using auth = await createSocialAuth()
    const mallory = auth.client('app')
    await mallory.post('auth/signup', { email: victim, password: attackersPassword })
    const token = await auth.idp.idToken({ sub: 'mallory' })
    assert.equal((await handOver(mallory, token, { process: 'connect' })).status, 200)
    const vic = auth.client('app')
    await vic.post('auth/password/request', { email: victim })
    const key = await auth.secretTo(victim)
    await vic.post('auth/password/reset', { key, password: 'copper-Lagoon-58' })
    const again = await handOver(auth.client('app'), await auth.idp.idToken({ sub: 'mallory' }))
    assert.equal(TestClient.pending(again), 'provider_signup')
  })

  it('loses the accounts elsewhere that the stranger connected, by a log-in', async () => {
    await using auth = await createSocialAuth(settings)
    const mallory = auth.client('app')
    await mallory.post('auth/signup', { email: victim, password: attackersPassword })
    const token = await auth.idp.idToken({ sub: 'mallory' })
    assert.equal((await handOver(mallory, token, { process: 'connect' })).status, 200)
    const vic = auth.client('app')
    await vic.post('auth/code/request', { email: victim })
    const code = codeIn(await auth.mailTo(victim))
    assert.equal((await vic.post('auth/code/confirm', { code })).status, 200)
    assert.deepEqual((await vic.get('account/providers')).body.data, [])
    assert.ok((await eventTypes(auth)).includes('provider_disconnected'))

    // From here on what is connected is the owner's.
    const own = await auth.idp.idToken({ sub: 'vic' })
    assert.equal((await handOver(vic, own, { process: 'connect' })).status, 200)
    const again = auth.client('app')
    await again.post('auth/code/request', { email: victim })
    await again.post('auth/code/confirm', { code: codeIn(await auth.mailTo(victim)) })
    assert.equal(Reflect.get(Object((await again.get('account/providers')).body.data), 'length'), 1)
  })

  it('takes the password again once it was given together with a mailed code', async () => {
    await using auth = await createTestAuth({ settings })
    const password = 'correct horse battery'
    await auth.client('app').post('auth/signup', { email: victim, password })
    const client = auth.client('app')
    await client.post('auth/code/request', { email: victim })
    await client.post('auth/code/confirm', { code: codeIn(await auth.mailTo(victim)) })
    const second = auth.client('app')
    assert.equal((await second.post('auth/login', { email: victim, password })).status, 401)
    const confirmed = await second.post('auth/code/confirm', {
      code: codeIn(await auth.mailTo(victim)),
    })
    assert.equal(confirmed.status, 200)
    const third = await auth.client('app').post('auth/login', { email: victim, password })
    assert.equal(third.status, 200)
  })
})

describe('whoever signs up where every login needs a code', () => {
  it('is trusted to have set the password', async () => {
    await using auth = await createTestAuth({
      settings: {
        ...settings,
        ACCOUNT_LOGIN_BY_CODE_REQUIRED: true,
        ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED: true,
      },
    })
    const client = auth.client('browser')
    const body = { email: victim, password: 'velvet-Otter-41' }
    await client.post('auth/signup', body)
    await client.post('auth/code/confirm', { code: codeIn(await auth.mailTo(victim)) })
    assert.equal((await client.post('auth/2fa/trust', { trust: true })).status, 200)
    await client.delete('auth/session')
    assert.equal((await client.post('auth/login', body)).status, 200)
  })
})

describe('an account whose address was verified', () => {
  it('keeps the accounts that its owner connected when the password is reset', async () => {
    const ann = { email: victim, password: 'velvet-Otter-41' }
    await using auth = await createSocialAuth({}, { users: [ann] })
    const token = await auth.idp.idToken({ sub: 'vic' })
    await handOver(await signIn(auth, ann), token, { process: 'connect' })
    const client = auth.client('app')
    await client.post('auth/password/request', { email: victim })
    const key = await auth.secretTo(victim)
    await client.post('auth/password/reset', { key, password: 'copper-Lagoon-58' })
    const again = await handOver(auth.client('app'), await auth.idp.idToken({ sub: 'vic' }))
    assert.equal(again.status, 200)
  })

  it('keeps them when a provider vouched for it, and a code proves it later', async () => {
    const users = [{ email: victim, password: attackersPassword, email_verified: false }]
    const app = { email_authentication: true }
    await using auth = await createSocialAuth(
      { ...settings, SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT: true },
      { users, app },
    )
    const token = () => auth.idp.idToken({ sub: 'vic', email: victim, email_verified: true })
    assert.equal((await handOver(auth.client('app'), await token())).status, 200)
    const client = auth.client('app')
    await client.post('auth/code/request', { email: victim })
    const code = codeIn(await auth.mailTo(victim))
    assert.equal((await client.post('auth/code/confirm', { code })).status, 200)
    assert.equal(
      Reflect.get(Object((await client.get('account/providers')).body.data), 'length'),
      1,
    )
  })

  it('keeps its second factor when its owner logs in by code or resets the password', async () => {
    const password = 'velvet-Otter-41'
    await using auth = await createTestAuth({
      settings: { ...settings, ACCOUNT_LOGIN_ON_PASSWORD_RESET: true },
      users: [{ email: victim, password }],
    })
    await setUpTotp(auth, await signIn(auth, { email: victim, password }))
    const client = auth.client('app')
    await client.post('auth/code/request', { email: victim })
    const code = codeIn(await auth.mailTo(victim))
    const confirmed = await client.post('auth/code/confirm', { code })
    assert.equal(TestClient.pending(confirmed), 'mfa_authenticate')
    await client.post('auth/password/request', { email: victim })
    const key = await auth.secretTo(victim)
    const reset = await client.post('auth/password/reset', { key, password: 'copper-Lagoon-58' })
    assert.equal(TestClient.pending(reset), 'mfa_authenticate')
  })
})
