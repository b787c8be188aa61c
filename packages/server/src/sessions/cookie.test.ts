import assert from 'node:assert/strict'
import { describe, it, vi } from 'vitest'
import { createTestAuth } from '../testing/auth.ts'
import type { TestAnswer } from '../testing/client.ts'

const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const byCode = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}

/** The attributes of each cookie that an answer sets, without the values. */
function cookiesOf({ headers }: TestAnswer): Record<string, string> {
  return Object.fromEntries(
    headers.getSetCookie().map((line) => {
      const [pair = '', ...attributes] = line.split('; ')
      return [pair.slice(0, pair.indexOf('=')), attributes.join('; ')]
    }),
  )
}

const csrf = 'Max-Age=31449600; Path=/; SameSite=Lax'
const session = 'Max-Age=1209600; Path=/; HttpOnly; SameSite=Lax'
const cleared = 'Max-Age=0; Path=/; HttpOnly; SameSite=Lax'

describe('the cookies of a browser', () => {
  it('are the one against forgery with every answer, and the session when there is one to keep', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = auth.client('browser')
    for (const step of [
      () => client.get('config'),
      () => client.get('auth/session'),
      () => client.post('auth/login', {}),
      () => client.post('auth/login', { ...ann, password: 'wrong' }),
      () => client.post('auth/email/verify/resend'),
    ]) {
      assert.deepEqual(cookiesOf(await step()), { csrftoken: csrf })
    }
    assert.deepEqual(cookiesOf(await client.post('auth/login', ann)), {
      csrftoken: csrf,
      sessionid: session,
    })
    assert.deepEqual(cookiesOf(await client.get('auth/session')), { csrftoken: csrf })
    assert.deepEqual(cookiesOf(await client.delete('auth/session')), {
      csrftoken: csrf,
      sessionid: cleared,
    })
    assert.deepEqual(cookiesOf(await client.get('auth/session')), { csrftoken: csrf })
  })

  it('keep a login that waits', async () => {
    const unverified = { ...ann, email_verified: false }
    await using auth = await createTestAuth({ settings: byCode, users: [unverified] })
    const client = auth.client('browser')
    const cookies = cookiesOf(await client.post('auth/login', ann))
    assert.deepEqual(cookies, { csrftoken: csrf, sessionid: session })
    assert.deepEqual(cookiesOf(await client.get('auth/session')), { csrftoken: csrf })
  })

  it('that name no session are cleared, and do no harm', async () => {
    await using auth = await createTestAuth()
    for (const [cookie, isCleared] of [
      ['sessionid=nope', true],
      ['sessionid=', true],
      ['sessionid="x y"', true],
      ['sessionid=%00%ff', true],
      ['sessionid=a; sessionid=b', true],
      [`sessionid=${'a'.repeat(6000)}`, true],
      ['=;;;=', false],
      ['sessionid', false],
      [';', false],
      ['\u0000=\u0001', false],
      ['__proto__=x; constructor=y', false],
    ] as const) {
      const answer = await auth.client('browser').get('auth/session', { headers: { cookie } })
      assert.equal(answer.status, 401, cookie)
      assert.equal(cookiesOf(answer).sessionid, isCleared ? cleared : undefined, cookie)
    }
  })

  it('count by the first of a name', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = auth.client('browser')
    await client.post('auth/login', ann)
    const own = `sessionid=${client.cookies.get('sessionid')}`
    const status = async (cookie: string) =>
      (await client.get('auth/session', { headers: { cookie } })).status
    assert.equal(await status(`${own}; sessionid=tossed`), 200)
    assert.equal(await status(`sessionid=tossed; ${own}`), 401)
    assert.equal(await status(`other=x;${own} ;more=y`), 200)
    assert.equal(await status(`xsessionid=tossed; ${own}`), 200)
    assert.equal(await status(own.replace('sessionid', 'SessionId')), 401)
  })

  it('have the names and attributes of the settings', async () => {
    const settings = {
      SESSION_COOKIE_NAME: 'sid',
      SESSION_COOKIE_SAMESITE: 'Strict',
      SESSION_COOKIE_AGE: 3600,
      SESSION_COOKIE_PATH: '/_allauth',
      SESSION_COOKIE_DOMAIN: 'example.org',
      CSRF_COOKIE_NAME: 'xsrf',
      CSRF_COOKIE_SAMESITE: 'None',
      CSRF_COOKIE_SECURE: true,
      CSRF_COOKIE_AGE: 7200,
      CSRF_COOKIE_PATH: '/_allauth/browser',
      CSRF_COOKIE_DOMAIN: 'sub.example.org',
      CSRF_COOKIE_HTTPONLY: true,
    }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = auth.client('browser')
    await client.get('config')
    const headers = { 'x-csrftoken': client.cookies.get('xsrf') }
    const answer = await client.post('auth/login', ann, { csrf: false, headers })
    assert.deepEqual(cookiesOf(answer), {
      xsrf: 'Max-Age=7200; Domain=sub.example.org; Path=/_allauth/browser; Secure; HttpOnly; SameSite=None',
      sid: 'Max-Age=3600; Domain=example.org; Path=/_allauth; HttpOnly; SameSite=Strict',
    })
    assert.equal((await client.get('auth/session')).status, 200)
  })

  it('end with the browser, and say nothing of other sites, where the settings have it so', async () => {
    const settings = {
      SESSION_EXPIRE_AT_BROWSER_CLOSE: true,
      SESSION_COOKIE_SAMESITE: false,
      SESSION_COOKIE_HTTPONLY: false,
      CSRF_COOKIE_AGE: null,
      CSRF_COOKIE_SAMESITE: false,
    }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const answer = await auth.client('browser').post('auth/login', ann)
    assert.deepEqual(cookiesOf(answer), { csrftoken: 'Path=/', sessionid: 'Path=/' })
  })

  it('are for TLS alone where the request came by it, or the settings say so', async () => {
    const secure = { csrftoken: 'Max-Age=31449600; Path=/; Secure; SameSite=Lax' }
    await using plain = await createTestAuth()
    const encrypted = await plain.client('browser').get('config', { isEncrypted: true })
    assert.deepEqual(cookiesOf(encrypted), secure)
    const proxy = {
      ALLOWED_HOSTS: ['localhost'],
      SECURE_PROXY_SSL_HEADER: ['X-Forwarded-Proto', 'https'],
    }
    await using behind = await createTestAuth({ settings: proxy })
    const headers = { 'x-forwarded-proto': 'https' }
    assert.deepEqual(cookiesOf(await behind.client('browser').get('config', { headers })), secure)
    assert.deepEqual(cookiesOf(await behind.client('browser').get('config')), { csrftoken: csrf })
    const spoofed = await plain.client('browser').get('config', { headers })
    assert.deepEqual(cookiesOf(spoofed), { csrftoken: csrf })
    await using open = await createTestAuth({ settings: { PUBLIC_URL: 'https://localhost' } })
    assert.deepEqual(cookiesOf(await open.client('browser').get('config')), secure)
  })

  it('that browsers will drop are told of at the start', async () => {
    const settings = { PUBLIC_URL: 'https://a.vercel.app', SESSION_COOKIE_DOMAIN: 'vercel.app' }
    await using auth = await createTestAuth({ settings })
    await vi.waitFor(() => assert.equal(auth.logged.length, 1))
    const [entry] = auth.logged
    assert.equal(entry?.level, 'warn')
    assert.match(entry?.text ?? '', /^SESSION_COOKIE_DOMAIN: .* browsers drop the cookie/)
  })
})
