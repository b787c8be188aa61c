import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, it } from 'vitest'
import { createMailbox } from '../src/delivery/memory.ts'
import { type Auth, createAuth, SettingsError, UserInputError } from '../src/index.ts'
import { createNodeHandler } from '../src/node/index.ts'
import { request } from './http-client.ts'
import { cleanUp, makeFolder, testSecret } from './processes.ts'

const opened: Auth[] = []

afterEach(async () => {
  for (const auth of opened.splice(0)) await auth.close()
  await cleanUp()
})

async function openAuth(settings: Record<Uppercase<string>, unknown> = {}) {
  const mailbox = createMailbox(Date.now)
  const own = { DATABASE_PATH: join(makeFolder(), 'auth.sqlite3'), LOG_LEVEL: 'silent' }
  const auth = await createAuth(
    { SECRET_KEY: testSecret, ...own, ...settings },
    { mail: mailbox.mail, sms: mailbox.sms },
  )
  opened.push(auth)
  return { auth, mailbox }
}

const account = { email: 'ann@example.org', password: 'correct horse battery' }
const origin = 'http://localhost'

function post(path: string, json: object, headers: Record<string, string> = {}): Request {
  return new Request(`${origin}/_allauth/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(json),
  })
}

describe('createAuth', () => {
  it('answers requests of the web: an app signs up and has a session', async () => {
    const { auth, mailbox } = await openAuth()
    const signedUp = await auth.fetch(post('app/v1/auth/signup', account))
    assert.equal(signedUp.status, 200)
    assert.equal(signedUp.headers.get('content-type'), 'application/json')
    const { meta } = await signedUp.json()
    const session = await auth.fetch(
      new Request(`${origin}/_allauth/app/v1/auth/session`, {
        headers: { 'X-Session-Token': meta.session_token },
      }),
    )
    assert.equal((await session.json()).data.user.email, account.email)
    await auth.close()
    opened.pop()
    assert.equal(mailbox.messages().length, 1, 'what is due is sent before the end')
  })

  it('gives a browser two cookies, of which scripts see one', async () => {
    const { auth } = await openAuth()
    const config = await auth.fetch(new Request(`${origin}/_allauth/browser/v1/config`))
    const csrf = /csrftoken=([^;]+)/.exec(config.headers.getSetCookie().join())?.[1] ?? ''
    const headers = { Cookie: `csrftoken=${csrf}`, 'X-CSRFToken': csrf, Origin: origin }
    const signedUp = await auth.fetch(post('browser/v1/auth/signup', account, headers))
    assert.equal(signedUp.status, 200)
    assert.equal('session_token' in (await signedUp.json()).meta, false)
    const cookies = signedUp.headers.getSetCookie()
    const session = cookies.find((cookie) => cookie.startsWith('sessionid='))
    assert.match(session ?? '', /; HttpOnly/)
    assert.doesNotMatch(cookies.find((it) => it.startsWith('csrftoken=')) ?? '', /HttpOnly/)
  })

  it('counts limits for the address that it is told', async () => {
    const { auth } = await openAuth({ ACCOUNT_RATE_LIMITS: { login: '1/m/ip' } })
    const statusFor = async (remoteAddress: string) =>
      (await auth.fetch(post('app/v1/auth/login', account), { remoteAddress })).status
    assert.equal(await statusFor('192.0.2.1'), 400)
    assert.equal(await statusFor('192.0.2.1'), 429)
    assert.equal(await statusFor('192.0.2.2'), 400)
  })

  it('can be mounted in a plain server of Node', async () => {
    const { auth } = await openAuth()
    const server = createServer(async (incoming, outgoing) => {
      const { remoteAddress = '' } = incoming.socket
      const answer = await auth.fetch(toRequest(incoming), { remoteAddress })
      outgoing.setHeaders(answer.headers).writeHead(answer.status)
      outgoing.end(await answer.text())
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}`
    const signedUp = await request(url, 'POST', 'auth/signup', { json: account })
    assert.equal(signedUp.outcome, '200')
    const token = signedUp.body.meta?.session_token
    assert.equal((await request(url, 'GET', 'auth/session', { token })).outcome, '200')
    server.close()
  })

  it('creates users, and says why it can not', async () => {
    const { auth } = await openAuth()
    const id = await auth.api.createUser(account)
    const answer = await auth.fetch(post('app/v1/auth/login', account))
    assert.equal((await answer.json()).data.user.id, id)
    await assert.rejects(auth.api.createUser(account), UserInputError)
  })

  it('refuses to start without a secret, and with a setting that it does not know', async () => {
    const path = join(makeFolder(), 'auth.sqlite3')
    await assert.rejects(createAuth({ DATABASE_PATH: path }), (error) => {
      assert.ok(error instanceof SettingsError)
      assert.match(error.message, /SECRET_KEY/)
      return true
    })
    await assert.rejects(createAuth({ SECRET_KEI: testSecret }), /did you mean SECRET_KEY\?/)
  })

  it('lets the process end once it is closed', async () => {
    const script = fileURLToPath(new URL('./mount-and-close.ts', import.meta.url))
    const child = spawn(process.execPath, [script], {
      cwd: makeFolder(),
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 15_000,
    })
    const said = text(child.stdout)
    const [code] = await once(child, 'exit')
    assert.equal(code, 0)
    assert.equal(await said, 'closed after 200\n')
  })
})

function toRequest(incoming: IncomingMessage): Request {
  const { method = 'GET', url = '/', headers } = incoming
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(`http://${headers.host}${url}`, {
    method,
    headers: new Headers(headers as Record<string, string>),
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' }),
  })
}

describe('createNodeHandler', () => {
  it('mounts in a server of node:http', async () => {
    const { auth } = await openAuth()
    const handle = createNodeHandler(auth)
    const server = createServer(handle).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/_allauth/app/v1/auth`
    const options = { method: 'POST', body: JSON.stringify(account) }
    const signedUp = await fetch(`${url}/signup`, options)
    assert.equal(signedUp.status, 200)
    const { meta } = (await signedUp.json()) as { meta: { session_token: string } }
    const headers = { 'X-Session-Token': meta.session_token }
    assert.equal((await fetch(`${url}/session`, { headers })).status, 200)
    server.close()
    server.closeAllConnections()
  })

  it('takes nothing but what createAuth made', async () => {
    const { auth } = await openAuth()
    assert.throws(() => createNodeHandler({ ...auth }), TypeError)
  })
})
