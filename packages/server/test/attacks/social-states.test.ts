// What comes back from a provider is used by another session, at another place or another time.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'vitest'
import { sameSession } from '../../src/mfa/testing/keys.ts'
import {
  appAt,
  begin,
  comeBack,
  connectedOf,
  count,
  createSocialAuth,
  errorPage,
  locationOf,
  type SocialAuth,
  signedInBy,
  visit,
} from '../../src/socialaccount/testing/social.ts'
import type { TestClient } from '../../src/testing/client.ts'
import type { Claims } from '../../src/testing/identity-provider.ts'
import { signIn } from '../../src/testing/signed-in.ts'

const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const eve = { email: 'eve@example.org', password: 'marble-Kiosk-77' }
const users = [ann, eve]
const told = { sub: '1', email: 'carl@example.org', email_verified: true }
const unknown = `${errorPage}?error=unknown&error_process=login`
const failed = '/back?error=unknown&error_process=login'

/** Somebody who has signed in at the provider and has not come back yet. */
async function away(auth: SocialAuth, client: TestClient, fields = {}, as: Claims = told) {
  return auth.idp.signIn(locationOf(await begin(client, fields)), as)
}

async function isSignedIn(client: TestClient): Promise<boolean> {
  return (await client.get('auth/session')).status === 200
}

/** That nobody was made, connected or signed in. */
async function assertNothing(auth: SocialAuth, ...clients: TestClient[]): Promise<void> {
  for (const client of clients) assert.equal(await isSignedIn(client), false)
  assert.equal(await count(auth, 'social_accounts'), 0)
  const asked = auth.idp.asked.map(({ path }) => path)
  assert.ok(!asked.includes('/token'), 'the code was redeemed')
}

describe('a state', () => {
  it.each(['missing', 'empty', 'made up'])('that is %s brings nobody in', async (kind) => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const callback = await away(auth, client)
    const right = callback.get('state') ?? ''
    if (kind === 'missing') callback.delete('state')
    else callback.set('state', kind === 'empty' ? '' : 'a'.repeat(43))
    assert.equal(locationOf(await comeBack(client, callback)), unknown)
    await assertNothing(auth, client)
    callback.set('state', right)
    assert.equal(locationOf(await comeBack(client, callback)), '/back')
  })

  it('works in no session but its own, and stays good for that', async () => {
    await using auth = await createSocialAuth({}, { users })
    const own = auth.client('browser')
    const callback = await away(auth, own)
    const others = [auth.client('browser'), await signIn(auth, ann, 'browser')]
    for (const other of others) {
      await begin(other)
      assert.equal(locationOf(await comeBack(other, callback)), unknown)
      if (other !== others[1]) assert.equal(await isSignedIn(other), false)
    }
    assert.equal(await count(auth, 'social_accounts'), 0)
    assert.equal(locationOf(await comeBack(own, callback)), '/back')
    assert.ok(await isSignedIn(own))
  })

  it('works at no provider but its own, and stays good for that', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const callback = await away(auth, client)
    assert.equal(locationOf(await comeBack(client, callback, 'other')), unknown)
    await assertNothing(auth, client)
    assert.equal(auth.other.asked.length, 0)
    assert.equal(locationOf(await comeBack(client, callback)), '/back')
  })

  it('is over once somebody signs out', async () => {
    await using auth = await createSocialAuth({}, { users })
    const client = await signIn(auth, ann, 'browser')
    const callback = await away(auth, client, { process: 'connect' })
    const kept = sameSession(auth, client)
    await client.delete('auth/session')
    for (const it of [client, kept]) {
      assert.equal(locationOf(await comeBack(it, callback)), unknown)
    }
    await assertNothing(auth, client, kept)
  })

  it('works once', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const callback = await away(auth, client)
    const kept = sameSession(auth, client)
    assert.equal(locationOf(await comeBack(client, callback)), '/back')
    for (const it of [client, kept]) {
      assert.equal(locationOf(await comeBack(it, callback)), unknown)
    }
    assert.equal(auth.idp.asked.filter(({ path }) => path === '/token').length, 1)
  })

  it('works once of many times at once', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const callback = await away(auth, client)
    const clients = Array.from({ length: 50 }, () => sameSession(auth, client))
    const ends = await Promise.all(
      clients.map(async (it) => locationOf(await comeBack(it, callback))),
    )
    assert.equal(ends.filter((it) => it === '/back').length, 1)
    assert.equal(ends.filter((it) => it === unknown).length, 49)
    assert.equal(auth.idp.asked.filter(({ path }) => path === '/token').length, 1)
    assert.equal(await count(auth, 'users'), 1)
  })

  it('is over after ten minutes', async () => {
    await using auth = await createSocialAuth()
    for (const [seconds, end] of [
      [599, '/back'],
      [600, unknown],
    ] as const) {
      const client = auth.client('browser')
      const callback = await away(auth, client)
      auth.clock.advance(seconds)
      assert.equal(locationOf(await comeBack(client, callback)), end)
    }
  })

  it('is used up by no look at the page', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const callback = await away(auth, client)
    const path = `/accounts/oidc/idp/login/callback/?${callback}`
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const raw = callback.toString()
    for (const method of ['HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE']) {
      const { status, headers, text } = await client.request(method, path, undefined, {
        raw,
        headers: form,
      })
      assert.equal(status, 405, method)
      assert.equal(headers.get('allow'), 'GET')
      assert.equal(headers.get('location'), null)
      if (method === 'HEAD') assert.equal(text, '')
    }
    await assertNothing(auth, client)
    assert.equal(locationOf(await comeBack(client, callback)), '/back')
  })
})

describe('an account that is to be connected', () => {
  const connecting = { process: 'connect' }

  it('is not connected by whoever is lured to the address that somebody else came back with', async () => {
    await using auth = await createSocialAuth({}, { users })
    const attacker = await signIn(auth, eve, 'browser')
    const callback = await away(auth, attacker, connecting)
    const victim = await signIn(auth, ann, 'browser')
    await begin(victim, connecting)
    assert.equal(locationOf(await comeBack(victim, callback)), unknown)
    assert.deepEqual(await connectedOf(victim), [])
  })

  it('goes to nobody who has signed in meanwhile', async () => {
    await using auth = await createSocialAuth({}, { users })
    const client = auth.client('browser')
    const callback = await away(auth, client, connecting)
    await client.post('auth/login', ann)
    const end = '/back?error=permission_denied&error_process=connect'
    assert.equal(locationOf(await comeBack(client, callback)), end)
    assert.deepEqual(await connectedOf(client), [])
  })

  it('goes to nobody who has taken the place of whoever began', async () => {
    await using auth = await createSocialAuth({}, { users })
    const client = await signIn(auth, ann, 'browser')
    const callback = await away(auth, client, connecting)
    const as = { sub: '2', email: 'dan@example.org', email_verified: true }
    assert.equal(await visit(auth, client, { as }), '/back')
    const ended = locationOf(await comeBack(client, callback))
    assert.ok(
      [unknown, '/back?error=permission_denied&error_process=connect'].includes(ended),
      ended,
    )
    assert.deepEqual(await connectedOf(client), ['idp 2'])
  })

  it('is not one that a login came back with', async () => {
    await using auth = await createSocialAuth({}, { users })
    const client = await signIn(auth, ann, 'browser')
    const callback = await away(auth, client)
    callback.set('process', 'connect')
    callback.set('callback_url', 'https://evil.example')
    assert.equal(locationOf(await comeBack(client, callback)), '/back')
    const own = await signIn(auth, ann)
    assert.deepEqual(await connectedOf(own), [])
  })
})

describe('a signup that waits for an address', () => {
  const nameless = { sub: '1' }
  const chosen = { email: 'new@example.org' }

  it('waits in the session of whoever came back alone', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    await visit(auth, client, { as: nameless })
    const others = [auth.client('browser'), auth.client('app')]
    for (const other of others) {
      assert.equal((await other.get('auth/provider/signup')).status, 409)
      assert.equal((await other.post('auth/provider/signup', chosen)).status, 409)
    }
    assert.equal(await count(auth, 'users'), 0)
    assert.equal((await client.post('auth/provider/signup', chosen)).status, 200)
    assert.equal((await client.post('auth/provider/signup', chosen)).status, 409)
  })

  it('can not be gone on with by whoever has planted the cookie', async () => {
    await using auth = await createSocialAuth()
    const victim = auth.client('browser')
    const location = locationOf(await begin(victim))
    const attacker = sameSession(auth, victim)
    await comeBack(victim, auth.idp.signIn(location, nameless))
    assert.equal((await attacker.post('auth/provider/signup', chosen)).status, 409)
    assert.equal((await victim.post('auth/provider/signup', chosen)).status, 200)
  })

  it('is over once somebody signs in and out, or time has passed', async () => {
    await using auth = await createSocialAuth({}, { users })
    const client = auth.client('browser')
    await visit(auth, client, { as: nameless })
    await client.post('auth/login', ann)
    await client.delete('auth/session')
    assert.equal((await client.post('auth/provider/signup', chosen)).status, 409)
    await visit(auth, client, { as: nameless })
    auth.clock.advance(900)
    assert.equal((await client.post('auth/provider/signup', chosen)).status, 409)
  })

  it('says who it is of by itself, whatever comes with the form', async () => {
    await using auth = await createSocialAuth()
    await signedInBy(auth, 'ann')
    const client = auth.client('browser')
    await visit(auth, client, { as: nameless })
    const more = {
      uid: 'ann',
      provider: 'other',
      sub: 'ann',
      userId: 1,
      verified: true,
      is_active: false,
    }
    const answer = await client.post('auth/provider/signup', { ...chosen, ...more })
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(await connectedOf(client), ['idp 1'])
    const addresses = await client.get('account/email')
    assert.deepEqual(addresses.body.data, [{ ...chosen, verified: false, primary: true }])
  })
})

describe('an id_token that somebody comes back with', () => {
  const at = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
  const wrong: Readonly<Record<string, object>> = {
    'no nonce': { nonce: undefined },
    'an empty nonce': { nonce: '' },
    'the nonce of somebody else': { nonce: 'a'.repeat(43) },
    'a list with a nonce': { nonce: ['a'] },
    'another issuer': { iss: 'https://other.example.org' },
    'another spelling of the issuer': { iss: 'https://idp.example.org/' },
    'no issuer': { iss: undefined },
    'another audience': { aud: 'another' },
    'no audience': { aud: undefined },
    'two audiences, and nobody who asked': { aud: ['latchkey', 'another'] },
    'another app that asked': { aud: ['latchkey', 'another'], azp: 'another' },
    'another app that asked for it alone': { azp: 'another' },
    'no end': { exp: undefined },
    'an end that is past': { exp: at(-60) },
    'a start to come': { nbf: at(3600) },
    'a time of issue to come': { iat: at(3600), exp: at(7200) },
    'no time of issue': { iat: undefined },
  }
  it.each(Object.entries(wrong))('opens nothing with %s', async (_, claims) => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const ended = await visit(auth, client, { as: { ...told, ...claims } })
    assert.equal(ended, failed)
    assert.equal(await isSignedIn(client), false)
    assert.equal(await count(auth, 'users'), 0)
  })

  it('opens nothing with the code of another session put in its place', async () => {
    await using auth = await createSocialAuth()
    const [victim, attacker] = [auth.client('browser'), auth.client('browser')]
    const stolen = await away(auth, victim)
    const callback = await away(auth, attacker, {}, { sub: 'eve' })
    callback.set('code', stolen.get('code') ?? '')
    assert.equal(locationOf(await comeBack(attacker, callback)), failed)
    assert.equal(await isSignedIn(attacker), false)
  })

  it('opens nothing for an answer that names another issuer (RFC 9207)', async () => {
    await using auth = await createSocialAuth()
    for (const iss of ['https://other.example.org', 'https://idp.example.org.evil.example']) {
      const client = auth.client('browser')
      const callback = await away(auth, client)
      callback.set('iss', iss)
      assert.equal(locationOf(await comeBack(client, callback)), failed, iss)
      assert.equal(await isSignedIn(client), false)
    }
    assert.ok(!auth.idp.asked.some(({ path }) => path === '/token'))
    const client = auth.client('browser')
    const callback = await away(auth, client)
    callback.set('iss', auth.idp.issuer)
    assert.equal(locationOf(await comeBack(client, callback)), '/back')
  })

  it('opens nothing with two codes, or none', async () => {
    await using auth = await createSocialAuth()
    for (const change of [
      (it: URLSearchParams) => it.append('code', 'second'),
      (it: URLSearchParams) => it.delete('code'),
      (it: URLSearchParams) => it.append('state', 'second'),
    ]) {
      const client = auth.client('browser')
      const callback = await away(auth, client)
      change(callback)
      assert.equal(locationOf(await comeBack(client, callback)), failed)
      assert.equal(await isSignedIn(client), false)
    }
  })
})

describe('a request to a provider', () => {
  it('proves at the end who made it at the start (RFC 7636)', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const location = locationOf(await begin(client))
    const { searchParams } = new URL(location)
    assert.equal(searchParams.get('code_challenge_method'), 'S256')
    await comeBack(client, auth.idp.signIn(location, told))
    const redeemed = auth.idp.asked.find(({ path }) => path === '/token')?.form
    const verifier = redeemed?.get('code_verifier') ?? ''
    assert.match(verifier, /^[\w-]{43,128}$/)
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    assert.equal(searchParams.get('code_challenge'), challenge)
  })

  it('has the parameters of the settings, but for what the server alone may say', async () => {
    const forged = {
      client_id: 'evil',
      redirect_uri: 'https://evil.example',
      response_type: 'token',
      scope: 'evil',
      state: 'evil',
      nonce: 'evil',
      code_challenge: 'evil',
      code_challenge_method: 'plain',
      audience: 'mine',
    }
    await using auth = await createSocialAuth({}, { app: { auth_params: forged } })
    const { searchParams } = new URL(locationOf(await begin(auth.client('browser'))))
    assert.equal(searchParams.get('audience'), 'mine')
    assert.doesNotMatch(searchParams.toString(), /evil|plain/)
    for (const name of Object.keys(forged)) assert.equal(searchParams.getAll(name).length, 1, name)
  })

  it('has nothing that the form or its address brings along', async () => {
    await using auth = await createSocialAuth()
    const more = {
      login_hint: 'evil',
      prompt: 'evil',
      scope: 'evil',
      auth_params: 'evil=1',
      state: 'evil',
      nonce: 'evil',
      redirect_uri: 'https://evil.example',
      acr_values: 'evil',
      request_uri: 'https://evil.example',
    }
    const client = auth.client('browser')
    const location = locationOf(await begin(client, more))
    assert.doesNotMatch(location, /evil/)
    const inId = await begin(client, { provider: 'idp&login_hint=evil' })
    assert.equal(locationOf(inId), unknown)
  })
})

describe('an answer that a page of the provider posts', () => {
  const apple = { APPS: [{ client_id: 'org.example', secret: 'k', key: 't' }] }
  const path = '/accounts/apple/login/callback/'
  const form = { 'content-type': 'application/x-www-form-urlencoded' }

  it('is sent on as a GET of our own, with what belongs to it alone', async () => {
    await using auth = await createSocialAuth({
      SOCIALACCOUNT_PROVIDERS: {
        apple,
        openid_connect: { APPS: [appAt('idp', 'https://idp.example.org')] },
      },
    })
    const client = auth.client('browser')
    const cookies = new Map(client.cookies)
    const raw = 'code=a%26b&state=s&next=https://evil.example&callback_url=//evil&id_token=x'
    const headers = { ...form, origin: 'https://appleid.apple.com' }
    const answer = await client.request('POST', path, undefined, { raw, headers, csrf: false })
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('location'), `${path}?code=a%26b&state=s`)
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer')
    assert.deepEqual(client.cookies, cookies)
    assert.equal(locationOf(await client.get(`${path}?code=a%26b&state=s`)), unknown)
    const head = await client.request('HEAD', `${path}?state=s`, undefined)
    assert.deepEqual([head.status, head.headers.get('allow')], [405, 'GET, POST'])
  })
})
