import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { signIn } from '../../testing/signed-in.ts'

const ann = { email: 'ann@example.org', password: 'correct horse battery' }

describe('GET account', () => {
  it('shows the account of whoever is signed in, with when it was made and last used', async () => {
    await using auth = await createTestAuth({ users: [ann], now: 1_800_000_000_000 })
    auth.clock.advance(3600)
    for (const kind of ['app', 'browser'] as const) {
      const client = await signIn(auth, ann, kind)
      const { status, body } = await client.get('latchkey:account')
      assert.equal(status, 200)
      assert.equal(body.data?.user?.email, ann.email)
      assert.equal(body.data?.created_at, 1_800_000_000)
      assert.equal(body.data?.last_login_at, 1_800_003_600)
      assert.equal(body.data?.language, null)
    }
  })

  it('answers 401 to anybody else', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    for (const kind of ['app', 'browser'] as const) {
      const { status, body } = await auth.client(kind).get('latchkey:account')
      assert.equal(status, 401)
      assert.equal(body.meta?.is_authenticated, false)
    }
  })

  it('takes the cookie of a browser for no app, nor the token of an app for a browser', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const browser = await signIn(auth, ann, 'browser')
    const cookie = `sessionid=${browser.cookies.get('sessionid')}`
    const asApp = await auth.client('app').get('latchkey:account', { headers: { cookie } })
    assert.equal(asApp.status, 401)
    const app = await signIn(auth, ann, 'app')
    const headers = { 'x-session-token': app.token }
    const asBrowser = await auth.client('browser').get('latchkey:account', { headers })
    assert.equal(asBrowser.status, 401)
  })

  it('tells an app once that its session was ended, and answers 410 from then on', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signIn(auth, ann)
    const other = await signIn(auth, ann)
    const change = { current_password: ann.password, new_password: 'another correct horse' }
    assert.equal((await other.post('account/password/change', change)).status, 200)
    assert.equal((await client.get('latchkey:account')).status, 401)
    assert.equal((await client.get('latchkey:account')).status, 410)
  })
})

describe('PATCH account', () => {
  it('keeps the language that the user has chosen, until the choice is taken back', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signIn(auth, ann)
    for (const language of ['ar', 'de', null]) {
      const { status, body } = await client.patch('latchkey:account', { language })
      assert.deepEqual([status, body.data?.language], [200, language])
      const shown = await client.get('latchkey:account')
      assert.equal(shown.body.data?.language, language)
    }
    const { body } = await client.patch('latchkey:account', { language: '' })
    assert.equal(body.data?.language, null)
  })

  it('refuses a language that is not offered, and keeps the one before', async () => {
    const settings = { LANGUAGES: ['en', 'fr'] }
    await using auth = await createTestAuth({ users: [ann], settings })
    const client = await signIn(auth, ann)
    await client.patch('latchkey:account', { language: 'fr' })
    for (const language of ['de', 'FR', 'fr-CA', 7, ['fr']]) {
      const answered = await client.patch('latchkey:account', { language })
      assert.deepEqual(TestClient.errors(answered), ['invalid_choice@language'])
    }
    assert.equal((await client.get('latchkey:account')).body.data?.language, 'fr')
  })

  it('is for whoever is signed in alone', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const answered = await auth.client('app').patch('latchkey:account', { language: 'de' })
    assert.equal(answered.status, 401)
  })
})
