// A login by a provider is to end on a page of somebody else, or to begin from one.
import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import {
  begin,
  comeBack,
  createSocialAuth,
  errorPage,
  locationOf,
} from '../../src/socialaccount/testing/social.ts'

const unknown = `${errorPage}?error=unknown&error_process=login`

/** What an attacker would have a victim end up on. */
const elsewhere = [
  'https://evil.example',
  'http://evil.example/',
  'HTTPS://EVIL.EXAMPLE/',
  '//evil.example',
  '///evil.example',
  '////evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\nLocation: https://evil.example',
  '\t//evil.example',
  ' //evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https:\\\\evil.example',
  'http:evil.example',
  'ht\ttps://evil.example',
  'https://localhost@evil.example/',
  'https://localhost:80@evil.example/',
  'https://evil.example\\@localhost/',
  'https://evil.example#@localhost/',
  'https://evil.example?@localhost/',
  'https://localhost.evil.example/',
  'https://evil-localhost/',
  'https://app.example.org.evil.example/',
  'https://notapp.example.org/',
  'https://app.example.org:8443/',
  'http://localhost:8000/',
  'https://app.example.org%2eevil.example/',
  'https://app.example.org%00.evil.example/',
  'https://app.example.org%23.evil.example/',
  'https://app.example.org\u0000.evil.example/',
  'https://app.example.org\u3002evil.example/',
  'https://evil.example\u2044app.example.org/',
  'https://evil.example\uff0fapp.example.org/',
  'https://\u0430pp.example.org/',
  'https://xn--pp-6kc.example.org/',
  'https://app.example.org\u00ad.evil.example/',
  '/\u200b/evil.example',
  'javascript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'javascript://app.example.org/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'ftp://app.example.org/',
  'myapp://callback.evil',
  'myapp://app.example.org/',
  'blob:https://app.example.org/x',
  'evil.example',
  'app.example.org',
  '?x=1',
  '#x',
  '.',
  '',
]

describe('a page to come back to', () => {
  const settings = { CSRF_TRUSTED_ORIGINS: ['https://app.example.org'] }
  it('is never one of somebody else', async () => {
    await using auth = await createSocialAuth(settings)
    const client = auth.client('browser')
    for (const callback_url of elsewhere) {
      const answer = await begin(client, { callback_url })
      assert.equal(locationOf(answer), unknown, JSON.stringify(callback_url))
      assert.ok(!answer.text.includes('evil'), callback_url)
    }
    assert.deepEqual(auth.idp.asked, [])
  })

  it('is one of the own host, or of an origin that is trusted', async () => {
    await using auth = await createSocialAuth(settings)
    const client = auth.client('browser')
    for (const callback_url of ['/', '/back', 'http://localhost/x', 'https://app.example.org/x']) {
      const callback = auth.idp.signIn(locationOf(await begin(client, { callback_url })), {})
      callback.set('error', 'access_denied')
      const { href, origin } = new URL(locationOf(await comeBack(client, callback)), 'http://own')
      assert.equal(origin, new URL(callback_url, 'http://own').origin, href)
      assert.match(href, /error=cancelled/)
    }
  })

  const dots = [
    '/.//evil.example',
    '/..//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
  ]
  // Leads to the own host by itself; with an error added to it, it would lead to the other.
  it.each(dots)('is not %s', async (callback_url) => {
    await using auth = await createSocialAuth()
    assert.equal(locationOf(await begin(auth.client('browser'), { callback_url })), unknown)
  })

  it('is none of all hosts where all may be asked', async () => {
    await using auth = await createSocialAuth({ ...settings, ALLOWED_HOSTS: ['*'] })
    const client = auth.client('browser')
    for (const callback_url of elsewhere) {
      assert.equal(locationOf(await begin(client, { callback_url })), unknown, callback_url)
    }
    const asked = { host: 'shop.example', origin: 'http://shop.example' }
    const other = await begin(client, { callback_url: 'http://evil.example/' }, asked)
    assert.equal(locationOf(other), unknown)
  })

  it('may be below a domain that is trusted, and nowhere near it', async () => {
    const trusted = { CSRF_TRUSTED_ORIGINS: ['https://*.example.org'] }
    await using auth = await createSocialAuth(trusted)
    const client = auth.client('browser')
    for (const callback_url of [
      'https://evilexample.org/',
      'https://app.example.org.evil.example/',
      'https://example.org@evil.example/',
      'https://evil.example/.example.org',
      'https://evil.example#.example.org',
      'https://evil.example?.example.org',
      'https://evil.example\\.example.org',
      'https://evil.example%2f.example.org',
      'https://app.example.org:8443/',
      'https://*.example.org@evil.example/',
      'https://app.ex\u0430mple.org/',
      'https://app.example.org.',
      'https://.example.org.evil.example',
    ]) {
      assert.equal(locationOf(await begin(client, { callback_url })), unknown, callback_url)
    }
    for (const callback_url of ['https://app.example.org/', 'https://a.b.example.org/x']) {
      assert.match(locationOf(await begin(client, { callback_url })), /^https:\/\/idp/)
    }
  })

  it('keeps what is a parameter of it out of the headers', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const callback_url = '/back?next=//evil.example%0d%0aSet-Cookie:x=1'
    const callback = auth.idp.signIn(locationOf(await begin(client, { callback_url })), {})
    callback.set('error', 'access_denied')
    const answer = await comeBack(client, callback)
    assert.doesNotMatch(locationOf(answer), /[\r\n]/)
    assert.ok(!answer.headers.getSetCookie().some((it) => it.startsWith('x=')))
  })
})

describe('the error page', () => {
  const reflected = '<script>alert(1)</script>"\'evil'
  const query = new URLSearchParams({
    state: reflected,
    code: reflected,
    error: reflected,
    error_description: reflected,
    next: 'https://evil.example',
  })

  it('says nothing of what somebody came with', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    assert.equal(locationOf(await comeBack(client, query)), unknown)
    for (const field of ['provider', 'process', 'callback_url']) {
      assert.equal(locationOf(await begin(client, { [field]: reflected })), unknown)
    }
  })

  it('says nothing of it where the settings name none', async () => {
    await using auth = await createSocialAuth({ HEADLESS_FRONTEND_URLS: {} })
    const client = auth.client('browser')
    const answers = [
      await comeBack(client, query),
      await begin(client, { provider: reflected, process: reflected, callback_url: reflected }),
    ]
    for (const { status, text, headers } of answers) {
      assert.equal(status, 400, text)
      assert.doesNotMatch(text, /evil|alert/)
      assert.equal(headers.get('location'), null)
    }
  })
})

describe('the address that a provider sends back to', () => {
  const lies = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-server': 'evil.example',
    'x-host': 'evil.example',
    'x-original-url': 'https://evil.example/',
    forwarded: 'host=evil.example;proto=https',
  }
  const own = 'http://localhost/accounts/oidc/idp/login/callback/'

  it('is on the host that was asked, whatever else names one', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const url = new URL(locationOf(await begin(client, {}, lies)))
    assert.equal(url.searchParams.get('redirect_uri'), own)
  })

  it('is never on a host that is not served', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      'localhost:80@evil.example',
      '',
    ]) {
      const answer = await begin(client, {}, { host })
      assert.equal(answer.status, 400, host)
      assert.equal(answer.headers.get('location'), null)
      const returned = await client.get('/accounts/oidc/idp/login/callback/', { headers: { host } })
      assert.equal(returned.status, 400, host)
    }
  })

  it('is not where an absolute target points to', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    const callback = auth.idp.signIn(locationOf(await begin(client)), { sub: '1' })
    const path = `/accounts/oidc/idp/login/callback/?${callback}`
    // The client of the tests takes what begins with a slash from the root.
    const { serve } = await import('../../src/http/serve.ts')
    const cookie = [...client.cookies].map((pair) => pair.join('=')).join('; ')
    const headers: Record<string, string> = { host: 'localhost', cookie, ...lies }
    const answered = await serve(auth.server, auth.served, {
      method: 'GET',
      target: `http://evil.example${path}`,
      isEncrypted: false,
      remoteAddress: '192.0.2.1',
      header: (name) => headers[name],
      readBody: async () => new Uint8Array(),
    })
    const location = new Headers(answered.headers).get('location')
    assert.equal(location, '/back')
    const [redeemed] = auth.idp.asked.filter(({ path: asked }) => asked === '/token')
    assert.equal(redeemed?.form.get('redirect_uri'), own)
  })

  it('is on PUBLIC_URL wherever that is set, at both ends', async () => {
    const publicUrl = 'https://login.example.org'
    await using auth = await createSocialAuth({ PUBLIC_URL: publicUrl, ALLOWED_HOSTS: ['*'] })
    const client = auth.client('browser')
    await client.get('config')
    const headers = { ...lies, host: 'inner.example', origin: publicUrl }
    const location = locationOf(await begin(client, {}, headers))
    const expected = `${publicUrl}/accounts/oidc/idp/login/callback/`
    assert.equal(new URL(location).searchParams.get('redirect_uri'), expected)
    const callback = auth.idp.signIn(location, { sub: '1' })
    const target = `/accounts/oidc/idp/login/callback/?${callback}`
    const answer = await client.get(target, { headers: { host: 'inner.example' } })
    assert.equal(locationOf(answer), '/back')
    const [redeemed] = auth.idp.asked.filter(({ path }) => path === '/token')
    assert.equal(redeemed?.form.get('redirect_uri'), expected)
  })
})
