import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { describe, it } from 'vitest'
import { TestClient } from '../../testing/client.ts'
import type { Claims } from '../../testing/identity-provider.ts'
import { signIn } from '../../testing/signed-in.ts'
import {
  comeBack,
  connectedOf,
  count,
  createSocialAuth,
  locationOf,
  type SocialAuth,
} from '../testing/social.ts'

const callbackUrl = 'com.example.app:/signed-in'
const settings = { SOCIALACCOUNT_APP_CALLBACK_URLS: [callbackUrl, 'https://app.example.org/in'] }
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const told = { sub: '1', email: 'carl@example.org', email_verified: true }

/** What an app keeps to itself, and what it tells of it (RFC 7636). */
function makeChallenge() {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

function begin(client: TestClient, challenge: string, fields: object = {}) {
  const wanted = { provider: 'idp', process: 'login', callback_url: callbackUrl }
  return client.post('auth/provider/redirect', { ...wanted, code_challenge: challenge, ...fields })
}

/** Goes through the provider in the browser of the system; returns what the app is opened with. */
async function travel(auth: SocialAuth, url: unknown, claims: Claims): Promise<URLSearchParams> {
  const location = await comeBack(auth.client('browser'), auth.idp.signIn(String(url), claims))
  const opened = new URL(locationOf(location))
  assert.equal(opened.protocol + opened.pathname, callbackUrl)
  return opened.searchParams
}

/** All of it: the app gets the code that it redeems. */
async function reach(auth: SocialAuth, client: TestClient, claims: Claims, process = 'login') {
  const { verifier, challenge } = makeChallenge()
  const begun = await begin(client, challenge, { process })
  assert.equal(begun.status, 200, begun.text)
  const opened = await travel(auth, begun.body.data?.url, claims)
  return { code: opened.get('code') ?? '', code_verifier: verifier }
}

const redeem = (client: TestClient, proof: object) => client.post('auth/provider/code', proof)

describe('an app that sends somebody to a provider', () => {
  it('has them signed in by the code that it is opened with', async () => {
    await using auth = await createSocialAuth(settings)
    const client = auth.client('app')
    const proof = await reach(auth, client, told)
    const answer = await redeem(client, proof)
    assert.equal(answer.status, 200, answer.text)
    assert.equal(answer.body.data?.user?.email, 'carl@example.org')
    assert.ok(answer.body.meta?.session_token)
  })

  it('gets nothing by a code that was used, not even many at once', async () => {
    await using auth = await createSocialAuth(settings)
    const proof = await reach(auth, auth.client('app'), told)
    const all = Array.from({ length: 50 }, () => redeem(auth.client('app'), proof))
    const statuses = (await Promise.all(all)).map(({ status }) => status)
    assert.deepEqual(statuses.filter((it) => it === 200).length, 1)
    assert.ok(statuses.every((it) => it === 200 || it === 400))
    assert.equal(await count(auth, 'users'), 1)
  })

  it('gets nothing by the code of another app, which then is worth nothing', async () => {
    await using auth = await createSocialAuth(settings)
    const client = auth.client('app')
    const proof = await reach(auth, client, told)
    const { verifier } = makeChallenge()
    const thief = await redeem(auth.client('app'), { ...proof, code_verifier: verifier })
    assert.deepEqual(TestClient.errors(thief), ['incorrect_code@code'])
    assert.deepEqual(TestClient.errors(await redeem(client, proof)), ['incorrect_code@code'])
  })

  it('has a minute for the code, and ten for the way', async () => {
    await using auth = await createSocialAuth(settings)
    const client = auth.client('app')
    const late = await reach(auth, client, told)
    auth.clock.advance(61)
    assert.equal((await redeem(client, late)).status, 400)
    const begun = await begin(client, makeChallenge().challenge)
    const callback = auth.idp.signIn(String(begun.body.data?.url), told)
    auth.clock.advance(601)
    const answer = await comeBack(auth.client('browser'), callback)
    assert.match(locationOf(answer), /\/error\?error=unknown/)
  })

  it('is opened with the reason where somebody says no', async () => {
    await using auth = await createSocialAuth(settings)
    const begun = await begin(auth.client('app'), makeChallenge().challenge)
    const state = new URL(String(begun.body.data?.url)).searchParams.get('state') ?? ''
    const callback = new URLSearchParams({ error: 'access_denied', state })
    const answer = await comeBack(auth.client('browser'), callback)
    assert.equal(locationOf(answer), `${callbackUrl}?error=cancelled&error_process=login`)
  })

  it('connects in the session that it began in, and in no other', async () => {
    await using auth = await createSocialAuth(settings, { users: [ann] })
    const client = await signIn(auth, ann)
    const other = await signIn(auth, ann)
    const stolen = await reach(auth, client, told, 'connect')
    assert.equal((await redeem(other, stolen)).status, 403)
    const proof = await reach(auth, client, told, 'connect')
    assert.equal((await redeem(client, proof)).status, 200)
    assert.deepEqual(await connectedOf(client), ['idp 1'])
    const anonymous = await begin(auth.client('app'), makeChallenge().challenge, {
      process: 'connect',
    })
    assert.equal(anonymous.status, 403)
  })

  const { challenge } = makeChallenge()
  it.each([
    [{ provider: 'nobody' }, 'invalid_choice@provider'],
    [{ process: 'destroy' }, 'invalid_choice@process'],
    [{ callback_url: 'com.example.app:/signed-in/' }, 'invalid@callback_url'],
    [{ callback_url: 'com.example.app://evil.example' }, 'invalid@callback_url'],
    [{ callback_url: 'https://app.example.org/in?x' }, 'invalid@callback_url'],
    [{ code_challenge: 'short' }, 'invalid@code_challenge'],
    [{ code_challenge: '' }, 'required@code_challenge'],
    [{ code_challenge_method: 'plain' }, 'invalid_choice@code_challenge_method'],
  ])('is refused with %o', async (fields, error) => {
    await using auth = await createSocialAuth(settings)
    const answer = await begin(auth.client('app'), challenge, fields)
    assert.deepEqual(TestClient.errors(answer), [error])
  })

  it('is told that the provider is down', async () => {
    await using auth = await createSocialAuth(settings)
    const configuration = '/.well-known/openid-configuration'
    auth.idp.answers.set(configuration, () => new Response('', { status: 503 }))
    const answer = await begin(auth.client('app'), challenge)
    assert.deepEqual(TestClient.errors(answer), ['provider_unavailable@provider'])
  })

  it('leaves nothing to be read in the database', async () => {
    await using auth = await createSocialAuth(settings)
    await reach(auth, auth.client('app'), told)
    const rows = await auth.server.db.selectFrom('provider_handovers').selectAll().execute()
    assert.equal(rows.length, 1)
    assert.doesNotMatch(JSON.stringify(rows), /carl|callback|com\.example/)
  })
})
