import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { TestClient } from '../testing/client.ts'
import { signIn } from '../testing/signed-in.ts'
import { createSocialAuth, handOver, visit } from './testing/social.ts'

const { errors, pending } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const told = { sub: '1', email: 'carl@example.org', email_verified: true }

describe('whoever comes from a provider and is refused', () => {
  it('is not signed in as before where nobody can sign up', async () => {
    const settings = { HOOK_SIGNUP_OPEN: false }
    await using auth = await createSocialAuth(settings, { users: [ann] })
    const browser = await signIn(auth, ann, 'browser')
    const ended = await visit(auth, browser, { as: told })
    assert.equal(ended, '/back?error=signup_closed&error_process=login')
    assert.equal((await browser.get('auth/session')).status, 401)
    const app = await signIn(auth, ann)
    assert.equal((await handOver(app, await auth.idp.idToken(told))).status, 403)
    assert.equal((await app.get('auth/session')).status, 410)
  })

  it('gives up the signup that waited', async () => {
    for (const user of [null, ann]) {
      await using auth = await createSocialAuth({}, { users: [ann] })
      await handOver(auth.client('app'), await auth.idp.idToken(told))
      const client = auth.client('app')
      const waits = await handOver(client, await auth.idp.idToken({ sub: '2' }))
      assert.equal(pending(waits), 'provider_signup')
      if (user) assert.equal((await client.post('auth/login', user)).status, 200)
      assert.equal((await client.get('auth/provider/signup')).status, 200)
      const fields = { process: 'connect' }
      const answer = await handOver(client, await auth.idp.idToken(told), fields)
      assert.equal(answer.status, user ? 400 : 403)
      if (user) assert.deepEqual(errors(answer), ['connected_other@-'])
      assert.equal((await client.get('auth/provider/signup')).status, 409)
      assert.equal((await client.get('auth/session')).status, user ? 200 : 401)
    }
  })

  it('is told so where the next step can not be taken', async () => {
    const settings = { ACCOUNT_LOGIN_BY_CODE_REQUIRED: true, SOCIALACCOUNT_EMAIL_REQUIRED: false }
    await using auth = await createSocialAuth(settings)
    const client = auth.client('browser')
    const ended = await visit(auth, client, { as: { sub: '1' } })
    assert.equal(ended, '/back?error=unknown&error_process=login')
    assert.equal(pending(await client.get('auth/session')), undefined)
  })
})
