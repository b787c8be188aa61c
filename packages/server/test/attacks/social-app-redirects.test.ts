// The browser of the system leads an app back with a code, which any app on the device may have caught.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { describe, it } from 'vitest'
import {
  comeBack,
  connectedOf,
  count,
  createSocialAuth,
  errorPage,
  locationOf,
  type SocialAuth,
} from '../../src/socialaccount/testing/social.ts'
import { TestClient } from '../../src/testing/client.ts'
import { signIn } from '../../src/testing/signed-in.ts'

const { errors } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }
const told = { sub: '1', email: 'carl@example.org', email_verified: true }
const home = 'org.example.app:/back'
const settings = { SOCIALACCOUNT_APP_CALLBACK_URLS: [home] }
const unknown = `${errorPage}?error=unknown&error_process=login`
const refused = [400, 'incorrect_code@code']

async function start(client: TestClient, fields: object = {}) {
  const verifier = randomBytes(32).toString('base64url')
  const answer = await client.post('auth/provider/redirect', {
    provider: 'idp',
    process: 'login',
    callback_url: home,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    ...fields,
  })
  return { verifier, answer, url: String(answer.body.data?.url) }
}

/** An app that has been led back to: with the code, and what only the app that asked knows. */
async function arrived(auth: SocialAuth, client: TestClient, fields: object = {}) {
  const { verifier, url } = await start(client, fields)
  const callback = auth.idp.signIn(url, told)
  const location = new URL(locationOf(await comeBack(auth.client('browser'), callback)))
  assert.equal(location.protocol, 'org.example.app:', location.href)
  return { code: location.searchParams.get('code') ?? '', verifier, callback }
}

function redeem(client: TestClient, code: string, code_verifier: string) {
  return client.post('auth/provider/code', { code, code_verifier })
}

function summary(answer: Awaited<ReturnType<typeof redeem>>) {
  return [answer.status, ...errors(answer)]
}

describe('the code that an app is led back with', () => {
  it('signs in once, by what only that app knows', async () => {
    await using auth = await createSocialAuth(settings)
    const client = auth.client('app')
    const { code, verifier } = await arrived(auth, client)
    const answer = await redeem(client, code, verifier)
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(summary(await redeem(auth.client('app'), code, verifier)), refused)
  })

  it('signs in once of many times at once', async () => {
    await using auth = await createSocialAuth(settings)
    const { code, verifier } = await arrived(auth, auth.client('app'))
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => redeem(auth.client('app'), code, verifier)),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal(await count(auth, 'users'), 1)
  })

  it('is worth nothing to whoever has caught it, and afterwards to nobody', async () => {
    await using auth = await createSocialAuth(settings)
    const { code, verifier } = await arrived(auth, auth.client('app'))
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    assert.deepEqual(summary(await redeem(auth.client('app'), code, challenge)), refused)
    assert.deepEqual(summary(await redeem(auth.client('app'), code, verifier)), refused)
    assert.equal(await count(auth, 'users'), 0)
  })

  it('is worth nothing after a minute', async () => {
    await using auth = await createSocialAuth(settings)
    const { code, verifier } = await arrived(auth, auth.client('app'))
    auth.clock.advance(60)
    assert.deepEqual(summary(await redeem(auth.client('app'), code, verifier)), refused)
  })

  it('connects with nobody but whoever began', async () => {
    await using auth = await createSocialAuth(settings, { users: [ann, bob] })
    const attacker = await signIn(auth, ann)
    const victim = await signIn(auth, bob)
    for (const client of [victim, await signIn(auth, ann), auth.client('app')]) {
      const { code, verifier } = await arrived(auth, attacker, { process: 'connect' })
      assert.equal((await redeem(client, code, verifier)).status, 403)
    }
    assert.deepEqual(await connectedOf(victim), [])
    assert.deepEqual(await connectedOf(attacker), [])
  })

  it('is not the state, and the state is not it', async () => {
    await using auth = await createSocialAuth(settings)
    const { verifier, url } = await start(auth.client('app'))
    const state = new URL(url).searchParams.get('state') ?? ''
    assert.deepEqual(summary(await redeem(auth.client('app'), state, verifier)), refused)
    const { code } = await arrived(auth, auth.client('app'))
    const browser = auth.client('browser')
    const as = new URLSearchParams({ code: 'x', state: code })
    assert.equal(locationOf(await comeBack(browser, as)), unknown)
  })
})

describe('the state of an app', () => {
  it('works once, at its own provider, within ten minutes', async () => {
    await using auth = await createSocialAuth(settings)
    const browser = auth.client('browser')
    const { callback } = await arrived(auth, auth.client('app'))
    assert.equal(locationOf(await comeBack(browser, callback)), unknown)
    const other = auth.idp.signIn((await start(auth.client('app'))).url, told)
    assert.equal(locationOf(await comeBack(browser, other, 'other')), unknown)
    assert.match(locationOf(await comeBack(browser, other)), /^org\.example\.app:/)
    const late = auth.idp.signIn((await start(auth.client('app'))).url, told)
    auth.clock.advance(600)
    assert.equal(locationOf(await comeBack(browser, late)), unknown)
  })

  it('signs nobody in to the browser that comes back', async () => {
    await using auth = await createSocialAuth(settings)
    const browser = auth.client('browser')
    await comeBack(browser, auth.idp.signIn((await start(auth.client('app'))).url, told))
    assert.equal((await browser.get('auth/session')).status, 401)
    assert.equal(await count(auth, 'users'), 0)
  })
})

describe('the page that an app is led back to', () => {
  it('is one of the settings, letter by letter', async () => {
    await using auth = await createSocialAuth(settings)
    for (const callback_url of [
      `${home}/`,
      `${home}?x=1`,
      `${home}#x`,
      `${home}.evil`,
      'org.example.app://back',
      'ORG.EXAMPLE.APP:/back',
      'org.example.app.evil:/back',
      'https://evil.example',
      '/back',
      'javascript:alert(1)',
      ` ${home}x`,
      `${home}\r\nx: 1`,
    ]) {
      const { answer } = await start(auth.client('app'), { callback_url })
      assert.deepEqual(summary(answer), [400, 'invalid@callback_url'], callback_url)
    }
  })

  it('is not asked for without a challenge', async () => {
    await using auth = await createSocialAuth(settings)
    for (const code_challenge of ['', 'x', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`]) {
      const { answer } = await start(auth.client('app'), { code_challenge })
      assert.equal(answer.status, 400, code_challenge)
    }
    const plain = await start(auth.client('app'), { code_challenge_method: 'plain' })
    assert.equal(plain.answer.status, 400)
  })
})
