import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { Visitor } from '../packages/server/src/adapters/testing/visitor.ts'
import { root } from './docs/markdown.ts'
import { type Started, startNode } from './docs/started.ts'

const buildTimeoutMs = 240_000

/** A program that is tried. All have the routes `GET /`, `GET /me` and `POST /notes`. */
interface Example {
  name: string
  args: readonly string[]
  /** Where it is started; a new folder where absent. */
  cwd?: string
  /** What Node.js has to do before. */
  build?: readonly string[]
  /** A page with a form made on the server, which adds a note. */
  form?: Form
  /** What its pages say of whoever is signed in, as the server renders them. */
  names?: RegExp
}

interface Form {
  page: string
  shows: RegExp
  makeBody: () => URLSearchParams | FormData
}

const run = promisify(execFile)
// Without a secret: a build opens no database.
const buildEnvironment = { PATH: process.env.PATH, NEXT_TELEMETRY_DISABLED: '1' }
const next = join(root, 'node_modules/next/dist/bin/next')

const examples: readonly Example[] = [
  ...['node-http', 'hono', 'fastify'].map((name) => ({
    name,
    args: [join(root, 'examples', name, 'server.ts')],
  })),
  {
    name: 'express',
    args: [join(root, 'examples/express/server.ts')],
    form: { page: '/notes', shows: /have (\d) notes/, makeBody: () => new URLSearchParams() },
  },
  {
    name: 'nextjs',
    args: [next, 'start', '--hostname', '127.0.0.1'],
    cwd: join(root, 'examples/nextjs'),
    build: [next, 'build'],
    // React puts a comment between two texts.
    form: {
      page: '/account',
      shows: /has <!-- -->(\d)<!-- --> notes/,
      makeBody: () => new FormData(),
    },
    names: /Signed in: <!-- -->(\w+)/,
  },
]

for (const example of examples) {
  describe(`examples/${example.name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-example-'))
    let server: Started | undefined
    let url = ''

    beforeAll(async () => {
      const { build, args, cwd = folder } = example
      if (build) await run(process.execPath, build, { cwd, env: buildEnvironment })
      server = await startNode(args, {
        cwd,
        env: {
          PORT: '0',
          SECRET_KEY: 'a secret that only this test knows, long enough',
          DATABASE_PATH: join(folder, 'example.sqlite3'),
          HEADLESS_TOKEN_STRATEGY: 'jwt',
          NEXT_TELEMETRY_DISABLED: '1',
        },
        until: /(?:listening at|Local:) +(http:\S+)/,
      })
      url = server.found
    }, buildTimeoutMs)

    afterAll(async () => {
      await server?.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    it('shows anybody what is public, and nobody else what is for users', async () => {
      const stranger = new Visitor('browser', url)
      assert.equal((await stranger.request('GET', '/')).status, 200)
      for (const [method, path] of [
        ['GET', '/me'],
        ['POST', '/notes'],
      ] as const) {
        const answer = await stranger.request(method, path)
        assert.equal(answer.status, 401)
        assert.equal((await answer.json()).meta.is_authenticated, false)
      }
    })

    it('knows who is signed in by cookie, and changes something only for its own pages', async () => {
      const page = new Visitor('browser', url)
      await page.signUp('ann@example.org')
      assert.equal((await (await page.request('GET', '/me')).json()).display, 'ann')
      assert.equal((await page.request('POST', '/notes')).status, 403)
      const foreign = { origin: 'http://elsewhere.example' }
      const refused = await page.request('POST', '/notes', { csrf: true, headers: foreign })
      assert.equal(refused.status, 403)
      const first = await page.request('POST', '/notes', { csrf: true })
      assert.deepEqual([first.status, await first.json()], [201, { count: 1 }])
      const before = new Map(page.cookies)
      await page.signOut()
      assert.equal((await page.request('GET', '/me')).status, 401)
      for (const [name, value] of before) page.cookies.set(name, value)
      assert.equal((await page.request('GET', '/me')).status, 401)
    })

    it('knows who is signed in by X-Session-Token, which needs no other', async () => {
      const app = new Visitor('app', url)
      await app.signUp('bob@example.org')
      assert.equal((await (await app.request('GET', '/me')).json()).display, 'bob')
      assert.equal((await app.request('POST', '/notes')).status, 201)
      await app.signOut()
      assert.equal((await app.request('GET', '/me')).status, 401)
    })

    if (example.form) takesForms(example.form, () => url)
    if (example.names) rendersWhoIsSignedIn(example.names, () => url)

    it('knows who is signed in by an access token', async () => {
      const app = new Visitor('app', url)
      await app.signUp('carol@example.org')
      assert.ok(app.accessToken)
      const bearer = new Visitor('app', url)
      const headers = { authorization: `Bearer ${app.accessToken}` }
      const me = await bearer.request('GET', '/me', { headers })
      assert.equal((await me.json()).display, 'carol')
      assert.equal((await bearer.request('POST', '/notes', { headers })).status, 201)
      const keys = await (await bearer.request('GET', '/.well-known/jwks.json')).json()
      assert.equal(keys.keys.length, 1)
      await app.signOut()
      assert.equal((await bearer.request('GET', '/me', { headers })).status, 401)
    })
  })
}

function rendersWhoIsSignedIn(names: RegExp, urlOf: () => string): void {
  it('renders who is signed in, and tells nobody of anybody else', async () => {
    const url = urlOf()
    const page = new Visitor('browser', url)
    const read = async (by: Visitor) => names.exec(await (await by.request('GET', '/')).text())?.[1]
    assert.equal(await read(page), 'nobody')
    await page.signUp('emil@example.org')
    assert.equal(await read(page), 'emil')
    assert.equal(await read(new Visitor('browser', url)), 'nobody')
  })
}

function takesForms({ page, shows, makeBody }: Form, urlOf: () => string): void {
  it('takes a form from its own page alone, without JavaScript', async () => {
    const url = urlOf()
    const browser = new Visitor('browser', url)
    const sent = await browser.request('GET', page, { headers: { accept: 'text/html' } })
    assert.match(sent.headers.get('location') ?? '', /^\/sign-in/)
    await browser.signUp('dora@example.org')
    const read = async () => (await browser.request('GET', page)).text()
    const fields = hiddenFields(await read())
    assert.equal(fields.get('csrfmiddlewaretoken'), browser.csrfToken)
    const body = makeBody()
    for (const [name, value] of fields) body.append(name, value)
    const headers = { origin: url }
    assert.ok((await browser.request('POST', page, { body, headers })).status < 400)
    assert.equal(shows.exec(await read())?.[1], '1')
    body.set('csrfmiddlewaretoken', 'x'.repeat(32))
    assert.ok((await browser.request('POST', page, { body, headers })).status >= 400)
    assert.equal(shows.exec(await read())?.[1], '1')
  })
}

function hiddenFields(html: string): Map<string, string> {
  const inputs = html.match(/<input type="hidden"[^>]*>/g) ?? []
  const read = (input: string, name: string) =>
    new RegExp(`${name}="([^"]*)"`).exec(input)?.[1] ?? ''
  return new Map(inputs.map((input) => [read(input, 'name'), read(input, 'value')]))
}
