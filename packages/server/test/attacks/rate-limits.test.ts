// Whoever is past a limit tries to be somebody else, or to ask for something else, and stays past it.
import assert from 'node:assert/strict'
import { afterAll, describe, it } from 'vitest'
import { serve } from '../../src/http/serve.ts'
import { createTestAuth, type TestAuth } from '../../src/testing/auth.ts'
import { TestClient } from '../../src/testing/client.ts'
import { redisProgram, sayIfSkipped, startRedis } from '../../src/testing/redis.ts'
import { useCluster } from '../cluster.ts'
import { tally } from '../http-client.ts'
import { headersOf } from './nodes.ts'
import { everything, kinds, operationsOf } from './operations.ts'

sayIfSkipped('attacks on limits in Redis', redisProgram !== null)

const { errors } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const home = '192.0.2.1'

/** Every action once a minute for each network address. */
const once = {
  ...everything,
  ACCOUNT_RATE_LIMITS: {
    login: '1/m/ip',
    login_failed: '1/m/ip',
    signup: '1/m/ip',
    reset_password: '1/m/ip',
    reset_password_from_key: '1/m/ip',
    request_login_code: '1/m/ip',
    provider_redirect: '1/m/ip',
    provider_token: '1/m/ip',
  },
}

/** What operations that count for a network address look at before they count. */
const inputs: Readonly<Record<string, object>> = {
  'auth/code/request': { email: 'nobody@example.org' },
  'auth/password/request': { email: 'nobody@example.org' },
}

function limitedOperations(auth: TestAuth, kind: 'app' | 'browser') {
  return operationsOf(auth, kind)
    .filter(({ route }) => route.audience === 'anyone')
    .filter(({ route, path }) => route.limit || inputs[wayOf(path)])
}

function wayOf(path: string): string {
  return path.replace(/^\/_allauth\/\w+\/v1\//, '')
}

const spoofed: readonly Record<string, string>[] = [
  { 'x-forwarded-for': '198.51.100.1' },
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-forwarded-for': '198.51.100.1, 198.51.100.2, 10.0.0.1' },
  { 'x-forwarded-for': '' },
  { 'x-real-ip': '198.51.100.1' },
  { 'x-client-ip': '198.51.100.1' },
  { 'cf-connecting-ip': '198.51.100.1' },
  { 'true-client-ip': '198.51.100.1' },
  { forwarded: 'for=198.51.100.1' },
  { via: '1.1 198.51.100.1' },
]

/** Other ways to write a path, each of which may lead nowhere or to the same, but never elsewhere. */
function spellingsOf(path: string): string[] {
  const last = path.slice(path.lastIndexOf('/') + 1)
  const encoded = `%${last.charCodeAt(0).toString(16)}`
  return [
    `${path}/`,
    `/${path}`,
    path.replace('/v1/', '/v1//'),
    path.replace('/v1/', '/v1/./'),
    path.replace('/v1/', '/v1/x/../'),
    path.replace('/v1/', '/v1%2f'),
    path.replace(last, encoded + last.slice(1)),
    path.replace(last, last.toUpperCase()),
    path.toUpperCase(),
    `${path}?x=1`,
    `${path}#x`,
    `${path};x=1`,
    `${path}%00`,
    `${path}%20`,
    `http://localhost${path}`,
  ]
}

interface Attempt {
  client: TestClient
  method: string
  target: string
  json: object
  headers?: Record<string, string>
  ip?: string
}

/** Whether a request was refused for being one too many; null where it led nowhere. */
async function isPast(
  { server, served }: TestAuth,
  { client, method, target, json, headers = {}, ip = home }: Attempt,
): Promise<boolean | null> {
  const all: Record<string, string> = { ...headersOf(client), ...headers }
  const { status, body } = await serve(server, served, {
    method,
    target,
    isEncrypted: false,
    remoteAddress: ip,
    header: (name) => all[name],
    readBody: async () => new TextEncoder().encode(JSON.stringify(json)),
  })
  if (status === 404 || status === 405) return null
  return status === 429 || String(body).includes('"too_many_login_attempts"')
}

describe('a limit for each network address', () => {
  it.each(kinds)(
    'holds for every operation of the %s, whatever is said of the way',
    async (kind) => {
      await using auth = await createTestAuth({ settings: once, users: [ann] })
      const clients = { app: auth.client('app'), browser: auth.client('browser') }
      await clients.browser.get('config')
      const client = clients[kind]
      const operations = limitedOperations(auth, kind)
      assert.ok(operations.length >= 7)
      for (const { method, path } of operations) {
        auth.clock.advance(60)
        const first = { client, method, target: path, json: inputs[wayOf(path)] ?? {} }
        assert.equal(await isPast(auth, first), false, path)
        for (const headers of spoofed) {
          assert.equal(await isPast(auth, { ...first, headers }), true, JSON.stringify(headers))
        }
        for (const target of spellingsOf(path)) {
          assert.notEqual(await isPast(auth, { ...first, target }), false, target)
        }
        const target = path.replace(/app|browser/, (it) => (it === 'app' ? 'browser' : 'app'))
        const other = { ...first, client: clients[kind === 'app' ? 'browser' : 'app'], target }
        assert.notEqual(await isPast(auth, other), false, target)
        assert.equal(await isPast(auth, { ...first, ip: '192.0.2.2' }), false, 'somebody else')
      }
    },
  )

  it('counts a whole IPv6 network of 64 bits, in every spelling', async () => {
    await using auth = await createTestAuth({ settings: once, users: [ann] })
    const status = async (ip: string) =>
      (await auth.client('app', { ip }).post('auth/login')).status
    assert.equal(await status('2001:db8::1'), 400)
    const same = [
      ...['2001:db8::2', '2001:DB8::ffff', '2001:0db8:0000:0000::1', '2001:db8:0:0:1:2:3:4'],
      ...['2001:db8::192.0.2.1', '2001:db8::1%eth0', '2001:db8:0:0::'],
    ]
    for (let n = 0; n < 50; n += 1) same.push(`2001:db8::${n.toString(16)}:${n + 7}`)
    for (const ip of same) assert.equal(await status(ip), 429, ip)
    assert.equal(await status('2001:db8:0:1::1'), 400)
  })

  it('believes as many proxies as there are, however many a client invents', async () => {
    const settings = { ...once, ALLAUTH_TRUSTED_PROXY_COUNT: 2 }
    await using auth = await createTestAuth({ settings })
    const status = async (chain: string) =>
      (await auth.client('app').post('auth/login', {}, { headers: { 'x-forwarded-for': chain } }))
        .status
    assert.equal(await status('198.51.100.1, 10.0.0.1'), 400)
    for (let hops = 1; hops < 20; hops += 1) {
      const invented = Array.from({ length: hops }, (_, n) => `203.0.113.${hops + n}`).join(', ')
      assert.equal(await status(`${invented}, 198.51.100.1, 10.0.0.${hops}`), 429)
    }
    assert.equal(await status('198.51.100.1, 198.51.100.2, 10.0.0.1'), 400)
  })
})

describe('a limit for each key', () => {
  const settings = { ...everything, ACCOUNT_RATE_LIMITS: { login_failed: '2/m/key' } }
  const umlaut = { email: 'ann@bücher.example', password: ann.password }

  it.each([
    { name: 'letter case', of: ann, spellings: ['ANN@example.org', 'Ann@Example.ORG'] },
    { name: 'blanks', of: ann, spellings: [' ann@example.org', 'ann@example.org\t\n'] },
    {
      name: 'the two names of a domain',
      of: umlaut,
      spellings: ['ann@xn--bcher-kva.example', 'ann@BÜCHER.example'],
    },
  ])('counts an address once, by $name', async ({ of, spellings }) => {
    await using auth = await createTestAuth({ settings, users: [of] })
    for (const [n, email] of spellings.entries()) {
      const client = auth.client(n % 2 ? 'app' : 'browser', { ip: `192.0.2.${n}` })
      assert.equal((await client.post('auth/login', { email, password: 'wrong' })).status, 400)
    }
    const right = await auth.client('app', { ip: '192.0.2.9' }).post('auth/login', of)
    assert.deepEqual(errors(right), ['too_many_login_attempts@-'])
  })

  it('is passed by no plus and no dot: what has a count of its own is another account', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const others = ['ann+1@example.org', 'a.nn@example.org', 'ann@example.org.', 'ann@example.com']
    for (const email of others) {
      const { status } = await auth.client('app').post('auth/login', { ...ann, email })
      assert.equal(status, 400, email)
    }
    assert.equal((await auth.client('app').post('auth/login', ann)).status, 200)
  })
})

const redis = redisProgram === null ? null : await startRedis()

afterAll(() => redis?.[Symbol.asyncDispose]())

const places = [
  { place: 'one database', settings: {}, isThere: true },
  {
    place: 'one Redis',
    settings: { REDIS_URL: redis?.url ?? '', REDIS_KEY_PREFIX: 'nodes:' },
    isThere: redis !== null,
  },
]

for (const { place, settings, isThere } of places) {
  describe.skipIf(!isThere)(`four nodes with ${place}`, () => {
    const cluster = useCluster(settings)

    it('allow one network address what one node would, of 120 requests at once', async () => {
      const answers = await cluster.atOnce(120, 'POST', 'auth/login', () => ({
        ip: '198.51.100.7',
        json: {},
      }))
      const { '429': refused, ...allowed } = tally(answers)
      assert.deepEqual([Object.values(allowed), refused], [[30], 90])
    })

    it('compare five guesses at one account, of 60 at once from as many addresses', async () => {
      const answers = await cluster.atOnce(60, 'POST', 'auth/login', (n) => ({
        json: { email: n % 2 ? ann.email : 'ANN@example.org', password: `guess ${n}` },
      }))
      assert.deepEqual(tally(answers), {
        '400 email_password_mismatch': 5,
        '400 too_many_login_attempts': 55,
      })
    })
  })
}
