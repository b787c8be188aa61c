import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { TestClient } from '../../testing/client.ts'
import { signIn } from '../../testing/signed-in.ts'
import {
  begin,
  comeBack,
  connectedOf,
  count,
  createSocialAuth,
  errorPage,
  locationOf,
  signedInBy,
  visit,
} from '../testing/social.ts'

const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const told = { sub: '1', email: 'carl@example.org', email_verified: true }
const unknown = `${errorPage}?error=unknown&error_process=login`

describe('POST auth/provider/redirect', () => {
  it('leads to the provider with all that the answer is held against', async () => {
    await using auth = await createSocialAuth()
    const url = new URL(locationOf(await begin(auth.client('browser'))))
    assert.equal(url.origin + url.pathname, 'https://idp.example.org/authorize')
    const { state, nonce, code_challenge, ...others } = Object.fromEntries(url.searchParams)
    for (const it of [state, nonce, code_challenge]) assert.match(it ?? '', /^[\w-]{43,}$/)
    assert.equal(new Set([state, nonce, code_challenge]).size, 3)
    assert.deepEqual(others, {
      client_id: 'latchkey',
      redirect_uri: 'http://localhost/accounts/oidc/idp/login/callback/',
      response_type: 'code',
      scope: 'openid profile email',
      code_challenge_method: 'S256',
    })
  })

  it('cuts blanks off around what was posted', async () => {
    await using auth = await createSocialAuth()
    const fields = { provider: ' idp ', callback_url: ' /back ' }
    const client = auth.client('browser')
    const callback = auth.idp.signIn(locationOf(await begin(client, fields)), told)
    assert.equal(locationOf(await comeBack(client, callback)), '/back')
  })

  it('leads to a hidden app where it is the only one of its name', async () => {
    await using auth = await createSocialAuth({}, { app: { hidden: true } })
    const client = auth.client('browser')
    const { flows } = (await client.get('auth/session')).body.data ?? {}
    const providers = ['idp', 'other']
    assert.deepEqual(
      flows?.find(({ id }) => id === 'provider_redirect'),
      { id: 'provider_redirect', providers },
    )
    assert.match(locationOf(await begin(client)), /^https:\/\/idp/)
    const ofKind = locationOf(await begin(client, { provider: 'openid_connect' }))
    assert.match(ofKind, /^https:\/\/other/)
  })

  const bad: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
    'no provider': { provider: undefined },
    'an unknown provider': { provider: 'nobody', process: 'connect' },
    'no page to come back to': { callback_url: undefined },
    'an unsafe page': { callback_url: 'https://evil.example/' },
    'no process': { process: undefined },
    'an unknown process': { process: 'destroy' },
    'the process that is off': { process: 'reauthenticate' },
  }
  it.each(Object.entries(bad))('leads to the error page with %s', async (_, fields) => {
    await using auth = await createSocialAuth()
    assert.equal(locationOf(await begin(auth.client('browser'), fields)), unknown)
  })

  it('answers 403 without the token against forged requests', async () => {
    await using auth = await createSocialAuth()
    const answer = await begin(auth.client('browser'), { csrfmiddlewaretoken: 'made-up' })
    assert.equal(answer.status, 403)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
  })

  it('comes back with an error while the provider is down', async () => {
    await using auth = await createSocialAuth()
    const configuration = '/.well-known/openid-configuration'
    auth.idp.answers.set(configuration, () => new Response('', { status: 503 }))
    const client = auth.client('browser')
    const answer = await begin(client, { callback_url: '/back?x=1#here' })
    assert.equal(locationOf(answer), '/back?x=1&error=unknown&error_process=login#here')
    auth.idp.answers.clear()
    assert.match(locationOf(await begin(client)), /^https:\/\/idp/)
  })
})

describe('the way back from a provider', () => {
  it('may come without the slash at its end', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const callback = auth.idp.signIn(locationOf(await begin(client)), told)
    const answer = await client.get(`/accounts/oidc/idp/login/callback?${callback}`)
    assert.equal(locationOf(answer), '/back')
  })

  it('signs up somebody new under another session id, with the address verified', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const location = locationOf(await begin(client))
    const before = client.cookies.get('sessionid')
    const answer = await comeBack(client, auth.idp.signIn(location, told))
    assert.equal(locationOf(answer), '/back')
    assert.notEqual(client.cookies.get('sessionid'), before)
    const { status, body } = await client.get('auth/session')
    assert.equal(status, 200)
    assert.equal(body.data?.user?.email, told.email)
    const [method] = body.data?.methods ?? []
    assert.partialDeepStrictEqual(method, { method: 'socialaccount', provider: 'idp', uid: '1' })
    const addresses = await client.get('account/email')
    assert.deepEqual(addresses.body.data, [{ email: told.email, verified: true, primary: true }])
  })

  it('knows somebody again by the id, whatever else has changed', async () => {
    await using auth = await createSocialAuth()
    await signedInBy(auth, '1', 'carl@example.org')
    const again = await signedInBy(auth, '1', 'new@example.org')
    const { body } = await again.get('auth/session')
    assert.equal(body.data?.user?.email, 'carl@example.org')
    assert.equal(await count(auth, 'users'), 1)
  })

  it('tells that somebody has cancelled, or of any other error, also beside a code', async () => {
    await using auth = await createSocialAuth()
    for (const [error, shown] of [
      ['access_denied', 'cancelled'],
      ['server_error', 'unknown'],
    ] as const) {
      const client = auth.client('browser')
      const location = locationOf(
        await begin(client, { callback_url: '/back?error=old&x=1', process: 'login' }),
      )
      const callback = auth.idp.signIn(location, told)
      callback.set('error', error)
      const ended = locationOf(await comeBack(client, callback))
      assert.equal(ended, `/back?error=${shown}&x=1&error_process=login`)
      assert.equal((await client.get('auth/session')).status, 401)
    }
  })

  it('keeps ten ways open, of which each works once, and gives up the oldest for a twelfth', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const locations: string[] = []
    for (let i = 0; i < 12; i += 1) locations.push(locationOf(await begin(client)))
    const callbacks = locations.map((it) => auth.idp.signIn(it, told))
    const [oldest, second] = callbacks
    assert.ok(oldest && second)
    assert.equal(locationOf(await comeBack(client, oldest)), unknown)
    assert.equal(locationOf(await comeBack(client, second)), '/back')
    assert.equal(locationOf(await comeBack(client, second)), unknown)
  })

  it('is still open after somebody signed in by password', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    const client = auth.client('browser')
    const callback = auth.idp.signIn(locationOf(await begin(client)), told)
    assert.equal((await client.post('auth/login', ann)).status, 200)
    assert.equal(locationOf(await comeBack(client, callback)), '/back')
    const { body } = await client.get('auth/session')
    assert.equal(body.data?.user?.email, told.email)
  })

  it('tells that nobody can sign up', async () => {
    await using auth = await createSocialAuth({ HOOK_SIGNUP_OPEN: false })
    const client = auth.client('browser')
    const ended = await visit(auth, client, { as: told })
    assert.equal(ended, '/back?error=signup_closed&error_process=login')
  })

  it('lets no inactive user in', async () => {
    await using auth = await createSocialAuth()
    await signedInBy(auth, '1')
    await auth.server.db.updateTable('users').set({ is_active: 0 }).execute()
    const client = auth.client('browser')
    assert.equal(await visit(auth, client, { as: told }), '/back?error=unknown&error_process=login')
    assert.equal((await client.get('auth/session')).status, 401)
  })

  it('waits for the second factor of whoever has one', async () => {
    await using auth = await createSocialAuth({ MFA_ALLOW_UNVERIFIED_EMAIL: true })
    const own = await signedInBy(auth, '1', told.email)
    const { setUpTotp } = await import('../../mfa/testing/totp.ts')
    await setUpTotp(auth, own)
    const client = auth.client('browser')
    assert.equal(await visit(auth, client, { as: told }), '/back')
    assert.equal(TestClient.pending(await client.get('auth/session')), 'mfa_authenticate')
  })
})

describe('the address of a page to come back to', () => {
  it('comes back in ASCII, as headers have it', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const to = locationOf(await begin(client, { callback_url: '/\u5f8c?a=\u5f8c' }))
    const location = locationOf(await comeBack(client, auth.idp.signIn(to, told)))
    assert.equal(location, '/%E5%BE%8C?a=%E5%BE%8C')
  })

  it('is no longer than a session keeps', async () => {
    await using auth = await createSocialAuth()
    const answer = await begin(auth.client('browser'), { callback_url: `/${'a'.repeat(2000)}` })
    assert.equal(locationOf(answer), unknown)
  })
})

describe('a signup that waits', () => {
  it('is not the one of whoever has planted the session', async () => {
    await using auth = await createSocialAuth({ SOCIALACCOUNT_AUTO_SIGNUP: false })
    const attacker = auth.client('browser')
    await begin(attacker)
    const victim = auth.client('browser')
    for (const [name, value] of attacker.cookies) victim.cookies.set(name, value)
    assert.equal(await visit(auth, victim, { as: told }), '/back')
    assert.equal((await attacker.get('auth/provider/signup')).status, 409)
    assert.equal((await victim.get('auth/provider/signup')).status, 200)
  })
})

describe('proving again to be the one, at a provider', () => {
  const on = { SOCIALACCOUNT_REAUTHENTICATION_ENABLED: true }
  const back = '/back?error=unknown&error_process=reauthenticate'

  it('works for somebody who has nothing else', async () => {
    await using auth = await createSocialAuth(on)
    const client = await signedInBy(auth, '1')
    const ended = await visit(auth, client, { as: { sub: '1' }, process: 'reauthenticate' })
    assert.equal(ended, '/back')
    const { methods } = (await client.get('auth/session')).body.data ?? {}
    assert.equal(Reflect.get(methods?.at(-1) ?? {}, 'reauthenticated'), true)
  })

  it('is refused where the provider does not say when it asked', async () => {
    await using auth = await createSocialAuth(on, { app: { reauthentication: false } })
    const client = await signedInBy(auth, '1')
    assert.equal(locationOf(await begin(client, { process: 'reauthenticate' })), back)
  })

  it('is refused to whoever has a password', async () => {
    const trusting = {
      SOCIALACCOUNT_EMAIL_AUTHENTICATION: true,
      SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT: true,
    }
    await using auth = await createSocialAuth({ ...on, ...trusting }, { users: [ann] })
    const client = await signedInBy(auth, '1', ann.email)
    assert.deepEqual(await connectedOf(client), ['idp 1'])
    const ended = await visit(auth, client, { as: { sub: '1' }, process: 'reauthenticate' })
    assert.equal(ended, back)
  })

  it('is refused to whoever has a second factor', async () => {
    await using auth = await createSocialAuth({ ...on, MFA_ALLOW_UNVERIFIED_EMAIL: true })
    const client = await signedInBy(auth, '1')
    const { setUpTotp } = await import('../../mfa/testing/totp.ts')
    await setUpTotp(auth, client)
    const ended = await visit(auth, client, { as: { sub: '1' }, process: 'reauthenticate' })
    assert.equal(ended, back)
  })
})

describe('connecting an account', () => {
  it('waits, where an address is enough, for the second factor', async () => {
    const settings = {
      SOCIALACCOUNT_EMAIL_AUTHENTICATION: true,
      SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT: true,
      MFA_ALLOW_UNVERIFIED_EMAIL: true,
    }
    await using auth = await createSocialAuth(settings)
    const own = await signedInBy(auth, '1', told.email)
    const { setUpTotp } = await import('../../mfa/testing/totp.ts')
    await setUpTotp(auth, own)
    const client = auth.client('browser')
    assert.equal(await visit(auth, client, { as: told, provider: 'other' }), '/back')
    assert.equal(TestClient.pending(await client.get('auth/session')), 'mfa_authenticate')
    assert.deepEqual(await connectedOf(own), ['idp 1'])
  })

  it('is told to the owner of the address that was enough', async () => {
    const settings = {
      SOCIALACCOUNT_EMAIL_AUTHENTICATION: true,
      SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT: true,
      ACCOUNT_EMAIL_NOTIFICATIONS: true,
    }
    await using auth = await createSocialAuth(settings, { users: [ann] })
    await signedInBy(auth, '1', ann.email)
    assert.match(await auth.mailTo(ann.email), /idp/)
  })

  it('adds it to whoever is signed in, and keeps the session id', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    const client = await signIn(auth, ann, 'browser')
    const before = client.cookies.get('sessionid')
    assert.equal(await visit(auth, client, { as: told, process: 'connect' }), '/back')
    assert.equal(client.cookies.get('sessionid'), before)
    assert.deepEqual(await connectedOf(client), ['idp 1'])
  })

  it('is refused to whoever is not signed in', async () => {
    await using auth = await createSocialAuth()
    const ended = await visit(auth, auth.client('browser'), { as: told, process: 'connect' })
    assert.equal(ended, '/back?error=permission_denied&error_process=connect')
  })

  it('is refused where somebody else has it', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    await signedInBy(auth, '1')
    const client = await signIn(auth, ann, 'browser')
    const ended = await visit(auth, client, { as: told, process: 'connect' })
    assert.equal(ended, '/back?error=connected_other&error_process=connect')
    assert.deepEqual(await connectedOf(client), [])
  })

  it('needs a recent proof where the settings ask for one', async () => {
    const settings = { ACCOUNT_REAUTHENTICATION_REQUIRED: true }
    await using auth = await createSocialAuth(settings, { users: [ann] })
    const client = await signIn(auth, ann, 'browser')
    auth.clock.advance(301)
    const ended = await visit(auth, client, { as: told, process: 'connect' })
    assert.equal(ended, '/back?error=reauthentication_required&error_process=connect')
    assert.deepEqual(await connectedOf(client), [])
  })
})
