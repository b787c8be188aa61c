import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'vitest'
import { parse } from 'yaml'
import { createTestAuth } from '../testing/auth.ts'

const served = { HEADLESS_SERVE_SPECIFICATION: true }
const yaml = '/_allauth/openapi.yaml'
const json = '/_allauth/openapi.json'
const page = '/_allauth/openapi.html'

describe('GET /_allauth/openapi.*', () => {
  it('is not there unless the settings have it', async () => {
    await using auth = await createTestAuth()
    for (const path of [yaml, json, page]) {
      assert.equal((await auth.client('app').get(path)).status, 404)
    }
  })

  it('answers one document in three forms, to anybody', async () => {
    await using auth = await createTestAuth({ settings: served })
    const client = auth.client('browser')
    const answers = await Promise.all([yaml, json, page].map((path) => client.get(path)))
    assert.deepEqual(
      answers.map(({ status, headers }) => [status, headers.get('content-type')]),
      [
        [200, 'application/vnd.oai.openapi'],
        [200, 'application/vnd.oai.openapi+json'],
        [200, 'text/html; charset=utf-8'],
      ],
    )
    const [asYaml, asJson, asPage] = answers.map(({ text }) => text)
    assert.deepEqual(parse(asYaml ?? ''), JSON.parse(asJson ?? ''))
    assert.match(asPage ?? '', /<h1>Latchkey API<\/h1>/)
    for (const { headers } of answers) {
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('set-cookie'), null)
    }
  })

  it('leaves the page out where its template is null', async () => {
    const settings = { ...served, HEADLESS_SPECIFICATION_TEMPLATE_NAME: null }
    await using auth = await createTestAuth({ settings })
    const client = auth.client('app')
    assert.equal((await client.get(page)).status, 404)
    assert.equal((await client.get(json)).status, 200)
  })

  it('can only be read', async () => {
    await using auth = await createTestAuth({ settings: served })
    const client = auth.client('app')
    for (const path of [yaml, json, page]) {
      const head = await client.request('HEAD', path, undefined)
      assert.deepEqual([head.status, head.text], [200, ''])
      const options = await client.request('OPTIONS', path, undefined)
      assert.deepEqual([options.status, options.headers.get('allow')], [200, 'GET, HEAD, OPTIONS'])
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'get', '__proto__']) {
        const other = await client.request(method, path, undefined)
        assert.deepEqual([other.status, other.headers.get('allow')], [405, 'GET, HEAD, OPTIONS'])
      }
    }
  })

  it('is at no other path', async () => {
    await using auth = await createTestAuth({ settings: served })
    const others = [
      `${json}/`,
      '/openapi.json',
      '/_allauth/openapi',
      '/_allauth/openapi.yml',
      '/_allauth/',
    ]
    for (const path of others) {
      assert.equal((await auth.client('app').get(path)).status, 404, path)
    }
  })

  it('is asked for anew each time, and sent only when it is another', async () => {
    await using auth = await createTestAuth({ settings: served })
    const client = auth.client('app')
    const { headers } = await client.get(json)
    const tag = headers.get('etag') ?? ''
    assert.match(tag, /^"[\w-]{43}"$/)
    assert.equal(headers.get('cache-control'), 'no-cache')
    for (const kept of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await client.get(json, { headers: { 'if-none-match': kept } })
      assert.deepEqual([again.status, again.text, again.headers.get('etag')], [304, '', tag])
    }
    assert.equal((await client.get(json, { headers: { 'if-none-match': '"other"' } })).status, 200)
    assert.notEqual((await client.get(yaml)).headers.get('etag'), tag)
  })

  it('serves a page of one known style sheet, without a script or anything from elsewhere', async () => {
    await using auth = await createTestAuth({ settings: served })
    const { text, headers } = await auth.client('browser').get(page)
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(text) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = headers.get('content-security-policy') ?? ''
    assert.ok(policy.includes(`style-src 'sha256-${hash}'`))
    assert.ok(policy.startsWith("default-src 'none'"))
    assert.doesNotMatch(policy, /unsafe|https?:/)
    assert.doesNotMatch(
      text,
      /<script|<link|<img|<iframe| style=| on\w+=|(src|href)="(https?:)?\/\//,
    )
  })
})

describe('the pages beside the API', () => {
  it('can only be read, all of them', async () => {
    await using auth = await createTestAuth()
    const client = auth.client('app')
    for (const path of ['/health/live', '/_dev/mail', '/_dev/mail/1']) {
      const options = await client.request('OPTIONS', path, undefined)
      assert.deepEqual([options.status, options.headers.get('allow')], [200, 'GET, HEAD, OPTIONS'])
      const post = await client.request('POST', path, undefined)
      assert.deepEqual([post.status, post.headers.get('allow')], [405, 'GET, HEAD, OPTIONS'])
    }
  })
})
