// Somebody has an account elsewhere that looks like one of another person.
import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import {
  appAt,
  connectedOf,
  count,
  createSocialAuth,
  handOver,
  type SocialAuth,
  signedInBy,
  visit,
} from '../../src/socialaccount/testing/social.ts'
import { type TestAnswer, TestClient } from '../../src/testing/client.ts'
import { signIn } from '../../src/testing/signed-in.ts'

const mike = { email: 'mike@example.org', password: 'velvet-Otter-41' }
/** Every way by which an address alone opens an account is open. */
const trusting = {
  SOCIALACCOUNT_EMAIL_AUTHENTICATION: true,
  SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT: true,
}

const other = { email_verified: true }
const unverified = {
  'no word of it': { email: mike.email },
  'a false': { email: mike.email, email_verified: false },
  null: { email: mike.email, email_verified: null },
  'the text "true"': { email: mike.email, email_verified: 'true' },
  'the text "false"': { email: mike.email, email_verified: 'false' },
  'a number': { email: mike.email, email_verified: 1 },
  'a list': { email: mike.email, email_verified: [true] },
  'an object': { email: mike.email, email_verified: { value: true } },
  'another claim': { email: mike.email, verified: true, emailVerified: true },
}
const misspelled = {
  'a dot at the end': { email: 'mike@example.org.', ...other },
  'a tag': { email: 'mike+x@example.org', ...other },
  'a Cyrillic letter in the name': { email: 'm\u0456ke@example.org', ...other },
  'a Cyrillic letter in the domain': { email: 'mike@ex\u0430mple.org', ...other },
  'the sign for Kelvin': { email: 'mi\u212ae@example.org', ...other },
  'a dotless i': { email: 'm\u0131ke@example.org', ...other },
  'a dotted I': { email: 'M\u0130KE@example.org', ...other },
  'wide letters': { email: '\uff4dike@example.org', ...other },
  'a wide at sign': { email: 'mike\uff20example.org', ...other },
  'a wide at sign before another domain': { email: 'mike@example.org\uff20evil.example', ...other },
  'a wide at sign behind another domain': { email: 'x@evil.example\uff20example.org', ...other },
  'a list with commas': { email: 'mike@example.org,eve@evil.example', ...other },
  'a list that ends with it': { email: 'eve@evil.example,mike@example.org', ...other },
  'a list with semicolons': { email: 'eve@evil.example;mike@example.org', ...other },
  'a list with blanks': { email: 'eve@evil.example mike@example.org', ...other },
  'a name and brackets': { email: 'Mike <mike@example.org>', ...other },
  brackets: { email: '<mike@example.org>', ...other },
  'brackets behind another': { email: 'eve@evil.example <mike@example.org>', ...other },
  quotes: { email: '"mike"@example.org', ...other },
  'a comment': { email: 'mike(x)@example.org', ...other },
  'a header of its own': { email: 'mike@example.org\r\nBcc: eve@evil.example', ...other },
  'a line end within': { email: 'mike\n@example.org', ...other },
  'a NUL': { email: 'mike\u0000@example.org', ...other },
  'a NUL at the end': { email: 'mike@example.org\u0000', ...other },
  'a NUL and another domain': { email: 'mike@example.org\u0000.evil.example', ...other },
  'a zero-width blank': { email: 'mi\u200bke@example.org', ...other },
  'a mark that turns the text': { email: '\u202emike@example.org', ...other },
  'a lone surrogate': { email: 'mike\ud800@example.org', ...other },
  'two at signs': { email: 'eve@evil@mike@example.org', ...other },
  'a percent sign': { email: 'mike%example.org@evil.example', ...other },
  'an address of a machine': { email: 'mike@[127.0.0.1]', ...other },
  'more than 300 letters': { email: `mike@${'example.'.repeat(40)}org`, ...other },
  'a list in JSON': { email: [mike.email], ...other },
  'an object in JSON': { email: { value: mike.email }, ...other },
}

type Enter = (auth: SocialAuth, claims: object) => Promise<TestClient>

const ways: Readonly<Record<string, Enter>> = {
  async redirect(auth, claims) {
    const client = auth.client('browser')
    await visit(auth, client, { as: { sub: 'eve', ...claims } })
    return client
  },
  async token(auth, claims) {
    const client = auth.client('app')
    await handOver(client, await auth.idp.idToken({ sub: 'eve', ...claims }))
    return client
  },
}

const isVerified = [true, false]
const cases = Object.keys(ways).flatMap((way) => isVerified.map((verified) => ({ way, verified })))
const kept = /^(mike|mike\+x|mike%example\.org)@(example\.org|evil\.example|ex\u0430mple\.org)$/

describe('an address that is not the one of Mike as the provider tells it', () => {
  it.each(cases)(
    'opens nothing by $way (his is verified: $verified)',
    async ({ way, verified }) => {
      const users = [{ ...mike, email_verified: verified }]
      await using auth = await createSocialAuth(trusting, { users })
      const own = await signIn(auth, mike)
      const before = await own.get('account/email')
      for (const [name, claims] of Object.entries({ ...unverified, ...misspelled })) {
        const client = await ways[way]?.(auth, { sub: name, ...claims })
        assert.ok(client)
        assert.notEqual(emailOf(await client.get('auth/session')), mike.email, name)
        const again = await own.get('account/email')
        assert.deepEqual(again.body.data, before.body.data, name)
        assert.deepEqual(await connectedOf(own), [], name)
      }
      await signIn(auth, mike)
      const rows = await auth.server.db.selectFrom('email_addresses').select('email').execute()
      for (const { email } of rows) assert.match(email, kept)
      assert.equal(rows.filter(({ email }) => email === mike.email).length, 1)
    },
  )
})

function emailOf({ body }: TestAnswer): unknown {
  return body.data?.user?.email
}

describe('an address that the provider vouches for', () => {
  it('is not another one that it tells elsewhere', async () => {
    const users = [mike]
    await using auth = await createSocialAuth(trusting, { users })
    const told = [
      [{ email: 'eve@evil.example', email_verified: true }, { email: mike.email }],
      [{ email: mike.email }, { email_verified: true }],
    ]
    for (const [signed, userinfo] of told) {
      auth.idp.answers.set('/userinfo', () => Response.json({ sub: 'eve', ...userinfo }))
      const client = auth.client('browser')
      await visit(auth, client, { as: { sub: 'eve', ...signed } })
      assert.notEqual(emailOf(await client.get('auth/session')), mike.email)
    }
  })

  it('opens the account in whichever case it is written, and is kept in one', async () => {
    await using auth = await createSocialAuth(trusting, { users: [mike] })
    const client = auth.client('browser')
    const email = 'MIKE@Example.ORG'
    await visit(auth, client, { as: { sub: '1', email, email_verified: true } })
    assert.equal(emailOf(await client.get('auth/session')), mike.email)
    const rows = await auth.server.db.selectFrom('email_addresses').select('email').execute()
    assert.deepEqual(
      rows.map(({ email }) => email),
      [mike.email],
    )
  })

  it('opens nothing where the settings do not say so', async () => {
    await using auth = await createSocialAuth({}, { users: [mike] })
    for (const enter of Object.values(ways)) {
      const client = await enter(auth, { email: mike.email, email_verified: true })
      const answer = await client.get('auth/session')
      assert.equal(TestClient.pending(answer), 'provider_signup')
    }
    assert.equal(await count(auth, 'social_accounts'), 0)
  })

  it('opens nothing for the app that is not trusted with it', async () => {
    const users = [mike]
    const app = { email_authentication: false }
    await using auth = await createSocialAuth(trusting, { users, app })
    const client = await ways.redirect?.(auth, { email: mike.email, email_verified: true })
    const answer = await client?.get('auth/session')
    assert.equal(answer && TestClient.pending(answer), 'provider_signup')
  })
})

describe('an id at a provider', () => {
  it('is somebody else at another issuer', async () => {
    await using auth = await createSocialAuth()
    await signedInBy(auth, '1', 'mike@example.org')
    const client = auth.client('browser')
    const as = { sub: '1', email: 'eve@example.org', email_verified: true }
    assert.equal(await visit(auth, client, { as, provider: 'other' }), '/back')
    assert.equal(emailOf(await client.get('auth/session')), 'eve@example.org')
    assert.equal(await count(auth, 'users'), 2)
  })

  it('is of one issuer under each name, or the server does not start', async () => {
    const google = { APPS: [{ client_id: 'a', secret: 's' }] }
    const at = (id: string, issuer: string, client_id = 'latchkey') => ({
      ...appAt(id, issuer),
      client_id,
    })
    const idp = at('idp', 'https://idp.example.org')
    const several = [
      { openid_connect: { APPS: [idp, at('idp', 'https://other.example.org', 'b')] } },
      { google, openid_connect: { APPS: [at('google', 'https://idp.example.org')] } },
    ]
    for (const SOCIALACCOUNT_PROVIDERS of several) {
      await assert.rejects(
        createSocialAuth({ SOCIALACCOUNT_PROVIDERS }),
        /two providers are called/,
      )
    }
    const apps = [idp, at('idp', 'https://idp.example.org', 'b')]
    const same = { openid_connect: { APPS: apps }, google }
    await using _ = await createSocialAuth({ SOCIALACCOUNT_PROVIDERS: same })
  })

  it('is not proved by a token that another issuer has signed', async () => {
    await using auth = await createSocialAuth()
    await signedInBy(auth, '1', 'mike@example.org')
    for (const claims of [{}, { iss: auth.idp.issuer }]) {
      const answer = await handOver(
        auth.client('app'),
        await auth.other.idToken({ sub: '1', ...claims }),
      )
      assert.deepEqual([answer.status, ...TestClient.errors(answer)], [400, 'invalid_token@token'])
    }
  })

  const spelled = ['Abc', 'abc', 'ABC', 'a\u0301bc', '\u00e1bc', 'ab\u200bc', '0', '00', '0.0']
  it('is another one in other letters', async () => {
    await using auth = await createSocialAuth()
    for (const [index, sub] of spelled.entries()) {
      const client = await signedInBy(auth, sub, `p${index}@example.org`)
      assert.equal(emailOf(await client.get('auth/session')), `p${index}@example.org`, sub)
      assert.deepEqual(await connectedOf(client), [`idp ${sub}`])
    }
    assert.equal(await count(auth, 'users'), spelled.length)
  })

  const none = [
    'abc\u0000',
    ' 1',
    undefined,
    null,
    '',
    ' ',
    '\n',
    true,
    [],
    ['1'],
    {},
    'x'.repeat(256),
    1.5,
    2 ** 60,
  ]
  it('is missing where it is no id, and then nobody comes in', async () => {
    await using auth = await createSocialAuth()
    for (const sub of none) {
      const as = { sub: sub as string, email: 'eve@example.org', email_verified: true } // on purpose
      const client = auth.client('browser')
      const ended = await visit(auth, client, { as })
      assert.equal(ended, '/back?error=unknown&error_process=login', String(sub))
      const answer = await handOver(auth.client('app'), await auth.idp.idToken(as))
      assert.deepEqual(TestClient.errors(answer), ['invalid_token@token'], String(sub))
    }
    assert.equal(await count(auth, 'users'), 0)
  })

  it('is no name and no address, which go to somebody else', async () => {
    await using auth = await createSocialAuth()
    const named = {
      preferred_username: 'mike',
      name: 'Mike',
      email: 'mike@example.org',
      email_verified: true,
    }
    const client = auth.client('browser')
    await visit(auth, client, { as: { sub: '1', ...named } })
    const id = (await client.get('auth/session')).body.data?.user?.id
    const eve = auth.client('browser')
    await visit(auth, eve, { as: { sub: '2', ...named } })
    const answer = await eve.get('auth/session')
    assert.equal(TestClient.pending(answer), 'provider_signup')
    const chosen = await eve.post('auth/provider/signup', { email: 'eve@example.org' })
    assert.equal(chosen.status, 200, chosen.text)
    assert.notEqual(chosen.body.data?.user?.id, id)
    assert.notEqual(chosen.body.data?.user?.username, 'mike')
    const verified = (await eve.get('account/email')).body.data
    assert.deepEqual(verified, [{ email: 'eve@example.org', verified: false, primary: true }])
  })

  it('is told apart from one that the userinfo endpoint tells', async () => {
    await using auth = await createSocialAuth()
    await signedInBy(auth, '1', 'mike@example.org')
    auth.idp.answers.set('/userinfo', () => Response.json({ sub: '1', email: 'mike@example.org' }))
    const client = auth.client('browser')
    const ended = await visit(auth, client, { as: { sub: '2' } })
    assert.equal(ended, '/back?error=unknown&error_process=login')
  })
})

describe('a token that was used', () => {
  it('takes nothing from whoever has the address by now', async () => {
    const settings = { ...trusting, ACCOUNT_EMAIL_VERIFICATION: 'none' }
    const users = [{ ...mike, email_verified: false }]
    await using auth = await createSocialAuth(settings, { users })
    const claims = { sub: '1', jti: 'once', email: mike.email, email_verified: true }
    const token = await auth.idp.idToken(claims)
    const own = auth.client('app')
    assert.equal((await handOver(own, token)).status, 200)
    const set = await own.post('account/password/change', { new_password: 'otter-Velvet-42' })
    assert.equal(set.status, 200)
    await own.delete('account/providers', { provider: 'idp', account: '1' })
    const again = await handOver(auth.client('app'), token)
    assert.deepEqual(TestClient.errors(again), ['invalid_token@token'])
    await signIn(auth, { ...mike, password: 'otter-Velvet-42' })
  })
})
