// Forms that a page posts carry the token in a field: those of the way to a provider.
import assert from 'node:assert/strict'
import { beforeAll, describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import type { TestClient } from '../testing/client.ts'

const path = 'auth/provider/redirect'
const errorPage = 'http://localhost/failed'
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }
// As long as those of browsers: a short one may stand in a token.
const boundary = 'part-of-a-form-7d1c9a'
const inParts = { 'content-type': `multipart/form-data; boundary=${boundary}` }

/** What somebody asks for who is sent to GitHub. */
const fields = { provider: 'github', process: 'login', callback_url: '/welcome' }

let auth: TestAuth
let browser: TestClient
let token: string

beforeAll(async () => {
  auth = await createTestAuth({
    settings: {
      ACCOUNT_RATE_LIMITS: false,
      SOCIALACCOUNT_PROVIDERS: { github: { APP: { client_id: 'latchkey-web', secret: 's' } } },
      HEADLESS_FRONTEND_URLS: { socialaccount_login_error: errorPage },
    },
  })
  browser = auth.client('browser')
  await browser.get('config')
  token = browser.cookies.get('csrftoken') ?? ''
  return () => auth.close()
})

function post(raw: string, headers: Record<string, string | undefined>) {
  return browser.request('POST', path, undefined, { csrf: false, raw, headers })
}

function encoded(more: Record<string, string>): string {
  return new URLSearchParams({ ...fields, ...more }).toString()
}

function multipart(more: Record<string, string>): string {
  const parts = Object.entries({ ...fields, ...more }).map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return `${parts.join('')}--${boundary}--\r\n`
}

describe('a form with the token in a field', () => {
  it('is taken, URL-encoded and in parts', async () => {
    for (const [raw, headers] of [
      [encoded({ csrfmiddlewaretoken: token }), urlencoded],
      [multipart({ csrfmiddlewaretoken: token }), inParts],
    ] as const) {
      const { status, headers: answered } = await post(raw, headers)
      assert.equal(status, 302)
      assert.match(
        answered.get('location') ?? '',
        /^https:\/\/github\.com\/login\/oauth\/authorize/,
      )
    }
  })

  it('is taken from its own origin', async () => {
    const raw = encoded({ csrfmiddlewaretoken: token })
    const own = await post(raw, { ...urlencoded, origin: 'http://localhost' })
    assert.equal(own.status, 302)
  })

  it('is refused from another origin, whatever it has', async () => {
    const raw = encoded({ csrfmiddlewaretoken: token })
    for (const origin of ['https://evil.example', 'null', '']) {
      const headers = { ...urlencoded, origin, 'x-csrftoken': token }
      assert.equal((await post(raw, headers)).status, 403, origin)
    }
  })

  it('is refused without the token, with another one, and without the cookie', async () => {
    const wrong = [{}, { csrfmiddlewaretoken: '' }, { csrfmiddlewaretoken: 'a'.repeat(32) }]
    for (const more of wrong) assert.equal((await post(encoded(more), urlencoded)).status, 403)
    const raw = encoded({ csrfmiddlewaretoken: token })
    assert.equal((await post(raw, { ...urlencoded, cookie: undefined })).status, 403)
    assert.equal((await post(raw, { ...urlencoded, cookie: 'csrftoken=' })).status, 403)
  })

  it('is refused as JSON or text, which have no fields', async () => {
    const json = JSON.stringify({ ...fields, csrfmiddlewaretoken: token })
    for (const type of ['application/json', 'text/plain', undefined]) {
      assert.equal((await post(json, { 'content-type': type })).status, 403, String(type))
    }
  })

  it('is refused where it is too long to be read', async () => {
    const raw = encoded({ csrfmiddlewaretoken: token, more: 'x'.repeat(70_000) })
    assert.equal((await post(raw, urlencoded)).status, 403)
    const withHeader = await post(raw, { ...urlencoded, 'x-csrftoken': token })
    assert.equal(withHeader.status, 400)
  })

  it('is no way into an operation that takes JSON', async () => {
    const raw = new URLSearchParams({ csrfmiddlewaretoken: token, email: 'a@example.org' })
    const { status } = await browser.request('POST', 'auth/login', undefined, {
      csrf: false,
      raw: raw.toString(),
      headers: urlencoded,
    })
    assert.equal(status, 403)
  })
})

describe('a form that asks for nothing that there is', () => {
  it('leads to the page for errors', async () => {
    for (const more of [
      { provider: 'nobody' },
      { process: 'x' },
      { callback_url: '//evil.example' },
    ]) {
      const { status, headers } = await post(
        encoded({ csrfmiddlewaretoken: token, ...more }),
        urlencoded,
      )
      assert.equal(status, 302)
      assert.equal(headers.get('location'), `${errorPage}?error=unknown&error_process=login`)
    }
  })
})
