import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { createMailbox } from './delivery/memory.ts'
import {
  type Auth,
  createAuth,
  SettingsError,
  type SettingsInput,
  UserInputError,
} from './index.ts'

const secret = 'a secret that only the tests know, long enough'
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', password }
let folder = ''
const open: Auth[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'))
})

afterEach(async () => {
  for (const auth of open.splice(0)) await auth.close()
  rmSync(folder, { recursive: true, force: true })
})

async function start(settings: SettingsInput = {}): Promise<Auth> {
  const { mail, sms } = createMailbox(Date.now)
  const log = { info() {}, warn() {}, error() {} }
  const database = { DATABASE_PATH: join(folder, 'test.sqlite3') }
  const all = { SECRET_KEY: secret, ...database, ...settings } as SettingsInput
  const auth = await createAuth(all, { mail, sms, log })
  open.push(auth)
  return auth
}

function request(
  path: string,
  init: RequestInit & { duplex?: 'half' } = {},
  origin = 'http://localhost',
) {
  return new Request(`${origin}/_allauth/${path}`, init)
}

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return request(path, { method: 'POST', body: JSON.stringify(body), headers })
}

describe('createAuth', () => {
  it('serves no portal unless it is asked for one, and claims no path of the program around it', async () => {
    const page = (auth: Auth, path: string) => auth.fetch(new Request(`http://localhost${path}`))
    const plain = await start()
    assert.equal((await page(plain, '/theme.css')).status, 404)
    assert.match(await (await page(plain, '/login')).text(), /nothing here/)
    assert.equal(plain.serves('/login'), false)
    assert.equal(plain.serves('/_latchkey/app/v1/portal'), true)
    const atRoot = await start({ portal: { enabled: true } })
    assert.equal((await page(atRoot, '/theme.css')).status, 200)
    assert.equal(atRoot.serves('/theme.css'), false)
    const inFolder = await start({ portal: { enabled: true, path: '/auth/' } })
    assert.equal((await page(inFolder, '/auth/theme.css')).status, 200)
    assert.equal(inFolder.serves('/auth/theme.css'), true)
    assert.equal(inFolder.serves('/theme.css'), false)
  })

  it('answers requests of the web', async () => {
    const auth = await start()
    await auth.api.createUser(ann)
    const login = await auth.fetch(post('app/v1/auth/login', ann))
    assert.equal(login.status, 200)
    assert.equal(login.headers.get('content-type'), 'application/json')
    const { meta } = (await login.json()) as { meta: { session_token: string } }
    const headers = { 'X-Session-Token': meta.session_token }
    assert.equal((await auth.fetch(request('app/v1/auth/session', { headers }))).status, 200)
    const out = request('app/v1/auth/session', { method: 'DELETE', headers })
    assert.equal((await auth.fetch(out)).status, 401)
    assert.equal((await auth.fetch(request('app/v1/auth/session', { headers }))).status, 410)
  })

  it('deactivates, activates and deletes users', async () => {
    const auth = await start()
    const id = await auth.api.createUser(ann)
    const logIn = async () => (await auth.fetch(post('app/v1/auth/login', ann))).status
    await auth.api.deactivateUser(id)
    assert.equal(await logIn(), 401)
    await auth.api.activateUser(id)
    assert.equal(await logIn(), 200)
    await auth.api.deleteUser(id)
    assert.equal(await logIn(), 400)
    await assert.rejects(auth.api.deleteUser(id), UserInputError)
  })

  it('serves a browser over https with cookies for https alone', async () => {
    const auth = await start({ ALLOWED_HOSTS: ['auth.example.org'] } as SettingsInput)
    await auth.api.createUser(ann)
    const origin = 'https://auth.example.org'
    const config = await auth.fetch(request('browser/v1/config', {}, origin))
    const [pair = ''] = config.headers.getSetCookie()[0]?.split('; ') ?? []
    const headers = { cookie: pair, 'x-csrftoken': pair.replace('csrftoken=', ''), origin }
    const body = JSON.stringify(ann)
    const login = await auth.fetch(
      request('browser/v1/auth/login', { method: 'POST', body, headers }, origin),
    )
    assert.equal(login.status, 200)
    const cookies = login.headers.getSetCookie()
    assert.equal(cookies.length, 2)
    for (const cookie of cookies) assert.match(cookie, /; Secure/)
  })

  it('stops reading a body that has no end', async () => {
    const auth = await start()
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        controller.enqueue(new Uint8Array(10_000).fill(0x20))
      },
    })
    const init = { method: 'POST', body: endless, duplex: 'half' } as const
    assert.equal((await auth.fetch(request('app/v1/auth/login', init))).status, 400)
    assert.ok(sent < 20, String(sent))
  })

  it('counts what comes from one address together, and knows none but the one that is passed', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { login: '1/m/ip' } } as SettingsInput
    const auth = await start(settings)
    const status = async (remoteAddress?: string) => {
      const spoofed = post('app/v1/auth/login', {}, { 'x-forwarded-for': String(Math.random()) })
      const answer = await auth.fetch(spoofed, remoteAddress ? { remoteAddress } : {})
      return answer.status
    }
    assert.deepEqual([await status(), await status()], [400, 429])
    assert.deepEqual([await status('192.0.2.1'), await status('192.0.2.1')], [400, 429])
  })

  it('answers HEAD and OPTIONS without a body', async () => {
    const auth = await start()
    for (const method of ['HEAD', 'OPTIONS']) {
      const answer = await auth.fetch(request('app/v1/config', { method }))
      assert.equal(answer.status, 200)
      assert.equal(await answer.text(), '')
    }
  })

  it('refuses users that can not be', async () => {
    const auth = await start()
    await auth.api.createUser({ ...ann, username: 'ann', phone: '+31612345678' })
    for (const wrong of [
      { email: 'ann' },
      { email: 'ANN@example.org' },
      { email: 'x@example.org', username: 'ANN' },
      { email: 'x@example.org', username: 'y'.repeat(151) },
      // Each is eighteen characters as it is compared.
      { email: 'x@example.org', username: '\u{fdfa}'.repeat(17) },
      { email: 'x@example.org', username: 'a\0b' },
      { email: `x@${'b.'.repeat(160)}org` },
      { email: 'x@example.org', phone: '+31612345678' },
      { email: 'x@example.org', phone: '0612345678' },
      { email: 'x@example.org', extra_emails: [{ email: 'ann@example.org', verified: true }] },
    ]) {
      await assert.rejects(auth.api.createUser(wrong), { name: 'UserInputError' })
    }
  })

  it('does not start without a secret, nor with settings that are wrong', async () => {
    for (const [settings, named] of [
      [{ SECRET_KEY: null }, /SECRET_KEY/],
      [{ SECRET_KEY: '' }, /SECRET_KEY/],
      [{ ACCOUNT_EMAIL_VERIFICATION: 'sometimes' }, /ACCOUNT_EMAIL_VERIFICATION/],
      [{ ACCOUNT_NO_SUCH: 1 }, /ACCOUNT_NO_SUCH/],
      [{ AUTH_PASSWORD_VALIDATORS: [{ NAME: 'NoSuchValidator' }] }, /AUTH_PASSWORD_VALIDATORS/],
    ] as const) {
      const failed = start(settings as unknown as SettingsInput)
      await assert.rejects(failed, (error) => {
        assert.ok(error instanceof SettingsError, String(error))
        assert.match(error.message, named)
        assert.equal(error.message.includes(secret), false)
        return true
      })
    }
  })

  it('does not start with a database that it can not open', async () => {
    for (const url of ['mongodb://u:hunter22@localhost/x', `${folder}/missing/folder/x.sqlite3`]) {
      await assert.rejects(start({ DATABASE_URL: url } as SettingsInput), (error) => {
        assert.equal(String(error).includes('hunter22'), false)
        return true
      })
    }
  })
})
