import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Secret, TOTP } from 'otpauth'
import { afterEach, describe, it } from 'vitest'
import { parse } from 'yaml'
import { cleanUp, latchkey, makeFolder, startServer, testSecret } from './processes.ts'

afterEach(cleanUp)

const commands = [
  'serve',
  'migrate',
  'users create',
  'users list',
  'users deactivate',
  'users activate',
  'users delete',
  'users remove-factors',
  'audit',
  'audit verify',
  'audit restart',
  'reseal',
  'keys list',
  'keys rotate',
  'keys generate',
  'settings check',
  'openapi',
  'secret',
  'webhooks secret',
]

const env = { SECRET_KEY: testSecret }
const password = 'correct horse battery'

describe('latchkey', () => {
  it('lists the commands and ends with 2 where none is given', async () => {
    const { code, stdout } = await latchkey([], { cwd: makeFolder() })
    assert.equal(code, 2)
    for (const command of commands) assert.match(stdout, new RegExp(`^  ${command} `, 'm'))
  })

  it.each(['--help', 'help'])('lists the commands for %s', async (word) => {
    const { code, stdout } = await latchkey([word], { cwd: makeFolder() })
    assert.equal(code, 0)
    assert.match(stdout, /^Usage: latchkey <command>/m)
  })

  it('says its version', async () => {
    const file = new URL('../package.json', import.meta.url)
    const { version } = JSON.parse(readFileSync(file, 'utf8'))
    assert.equal((await latchkey(['--version'], { cwd: makeFolder() })).stdout, `${version}\n`)
  })

  it('describes every command, without settings and without a database', async () => {
    const cwd = makeFolder()
    for (const command of commands) {
      const { code, stdout, stderr } = await latchkey([...command.split(' '), '--help'], { cwd })
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
      assert.ok(stdout.startsWith(`Usage: latchkey ${command} [options]\n`))
    }
  })

  it.each([
    ['an unknown command', ['sevre'], /no command "sevre"/],
    ['an unknown option', ['migrate', '--fast'], /latchkey migrate: .*--fast/],
    ['a word too many', ['secret', 'now'], /latchkey secret: .*now/],
  ])('ends with 2 for %s', async (_, words, problem) => {
    const { code, stdout, stderr } = await latchkey(words, { cwd: makeFolder() })
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' })
    assert.match(stderr, problem)
  })
})

describe('latchkey secret', () => {
  it('prints 256 random bits', async () => {
    const cwd = makeFolder()
    const secrets = await Promise.all([
      latchkey(['secret'], { cwd }),
      latchkey(['secret'], { cwd }),
    ])
    const [one = '', other = ''] = secrets.map(({ stdout }) => stdout)
    assert.match(one, /^[\w-]{43}\n$/)
    assert.notEqual(one, other)
  })
})

describe('latchkey openapi', () => {
  it('prints the contract as YAML, and as JSON', async () => {
    const cwd = makeFolder()
    const [yaml, json] = await Promise.all([
      latchkey(['openapi'], { cwd }),
      latchkey(['openapi', '--json'], { cwd }),
    ])
    const document = parse(yaml.stdout)
    assert.match(document.openapi, /^3\.1\./)
    assert.ok(document.paths['/_allauth/{client}/v1/auth/login'])
    assert.deepEqual(JSON.parse(json.stdout), document)
  })
})

describe('latchkey migrate', () => {
  it('applies each step once', async () => {
    const cwd = makeFolder()
    const first = await latchkey(['migrate'], { cwd })
    assert.match(first.stdout, /^(applied \d{4}-[\w-]+\n)+$/)
    const second = await latchkey(['migrate'], { cwd })
    assert.deepEqual(second, { code: 0, stdout: 'The schema is up to date.\n', stderr: '' })
  })

  it('applies each step once where several begin at the same time', async () => {
    const cwd = makeFolder()
    const runs = await Promise.all([1, 2, 3, 4].map(() => latchkey(['migrate'], { cwd })))
    const applied = runs.flatMap(({ stdout }) => stdout.match(/^applied .*$/gm) ?? [])
    assert.deepEqual(
      runs.map(({ code, stderr }) => `${code}${stderr}`),
      ['0', '0', '0', '0'],
    )
    assert.equal(new Set(applied).size, applied.length)
  })

  it('prints the SQL of what is pending, and changes nothing', async () => {
    const cwd = makeFolder()
    const dry = await latchkey(['migrate', '--dry-run'], { cwd })
    assert.deepEqual([dry.code, dry.stderr], [0, ''])
    assert.match(dry.stdout, /^-- 0001-initial\nbegin;\ncreate table "users" \(.*\);$/m)
    const check = await latchkey(['migrate', '--check'], { cwd })
    assert.equal(check.code, 1)
    assert.match(check.stdout, /^(pending \d{4}-[\w-]+\n)+$/)
    await latchkey(['migrate'], { cwd })
    const [dryAgain, checkAgain] = await Promise.all([
      latchkey(['migrate', '--dry-run'], { cwd }),
      latchkey(['migrate', '--check'], { cwd }),
    ])
    assert.deepEqual(dryAgain, { code: 0, stdout: '-- The schema is up to date.\n', stderr: '' })
    assert.deepEqual(checkAgain, { code: 0, stdout: 'The schema is up to date.\n', stderr: '' })
  })
})

describe('latchkey settings check', () => {
  it('ends with 0 where a start would succeed, and names what is risky', async () => {
    const risky = { ...env, ACCOUNT_RATE_LIMITS: 'false', SESSION_COOKIE_DOMAIN: 'github.io' }
    const { code, stdout } = await latchkey(['settings', 'check'], {
      cwd: makeFolder(),
      env: risky,
    })
    assert.equal(code, 0)
    assert.match(stdout, /^warning: ACCOUNT_RATE_LIMITS: /m)
    assert.match(stdout, /^warning: SESSION_COOKIE_DOMAIN: .*browsers drop the cookie/m)
    assert.match(stdout, /consistent\.\n$/)
  })

  it('says that a start needs a secret', async () => {
    const { code, stdout } = await latchkey(['settings', 'check'], { cwd: makeFolder() })
    assert.equal(code, 0)
    assert.match(stdout, /^warning: SECRET_KEY: not set/m)
  })

  it.each([
    ['a name', { ACCOUNT_LOGIN_METHOD: 'email' }, /ACCOUNT_LOGIN_METHOD \(did you mean/],
    ['a value', { PORT: 'many' }, /PORT \(server\.port\): expected/],
    ['a password rule', { AUTH_PASSWORD_VALIDATORS: '["NoSuchRule"]' }, /NoSuchRule/],
    ['a database', { DATABASE_URL: 'oracle://localhost' }, /DATABASE_URL: .*"oracle"/],
    ['a sender', { SMTP_URL: 'smtp://localhost', DEFAULT_FROM_EMAIL: 'a b@c' }, /DEFAULT_FROM/],
  ])('ends with 3 where %s is wrong', async (_, wrong, problem) => {
    const cwd = makeFolder()
    const { code, stderr } = await latchkey(['settings', 'check'], {
      cwd,
      env: { ...env, ...wrong },
    })
    assert.equal(code, 3)
    assert.match(stderr, problem)
    assert.doesNotMatch(stderr, /\n\s+at /)
  })
})

describe('latchkey users create', () => {
  const create = (cwd: string, user: object | string, words: string[] = []) =>
    latchkey(['users', 'create', ...words], {
      cwd,
      env,
      input: typeof user === 'string' ? user : JSON.stringify(user),
    })

  it('takes every member as JSON; what it made can log in', async () => {
    const cwd = makeFolder()
    const { code, stdout, stderr } = await create(cwd, {
      email: 'Ann@Example.org',
      username: 'ann',
      phone: '+31612345678',
      password,
      email_verified: false,
      phone_verified: false,
      is_active: true,
      extra_emails: [{ email: 'ann@work.example', verified: true }],
    })
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
    assert.match(stdout, /^[\da-f-]{36}\n$/)
    const server = await startServer({ cwd, env })
    const login = (email: string) => logIn(server.url, email)
    assert.equal((await login('ann@work.example')).status, 200)
    const { data } = await (await login('ann@example.org')).json()
    assert.equal(data.user.id, stdout.trim())
    assert.equal(data.user.email, 'ann@example.org')
    assert.equal(data.user.username, 'ann')
  })

  it('takes options, and the password from standard input', async () => {
    const cwd = makeFolder()
    const who = ['--email', 'bob@example.org', '--username', 'bob', '--language', 'ar']
    const words = [...who, '--password-stdin']
    const { code } = await create(cwd, `${password}\n`, words)
    assert.equal(code, 0)
    const server = await startServer({ cwd, env })
    assert.equal((await logIn(server.url, 'bob@example.org')).status, 200)
  })

  it('makes a user without a password where none is given', async () => {
    const cwd = makeFolder()
    assert.equal((await create(cwd, '', ['--email', 'bob@example.org'])).code, 0)
    const server = await startServer({ cwd, env })
    assert.equal((await logIn(server.url, 'bob@example.org')).status, 400)
  })

  it.each([
    ['no JSON', '{', /standard input: expected one JSON object/],
    ['an unknown member', '{"mail": "a@example.org"}', /there is no member "mail"/],
    ['a wrong type', '{"email": 5}', /"email": expected text/],
    ['no address', '{"email": "ann"}', /not an email address: ann/],
    ['no language', '{"language": "tlh"}', /"language": expected en or de or fr or es or ar/],
    ['no number', '{"phone": "0612345678"}', /not a number in E\.164/],
  ])('ends with 1 for %s', async (_, input, problem) => {
    const { code, stdout, stderr } = await create(makeFolder(), input)
    assert.deepEqual({ code, stdout }, { code: 1, stdout: '' })
    assert.match(stderr, problem)
    assert.doesNotMatch(stderr, /\n\s+at /)
  })

  it('ends with 2 for a language that there are no messages in', async () => {
    const words = ['--email', 'ann@example.org', '--language', 'tlh']
    const { code, stderr } = await create(makeFolder(), '', words)
    assert.equal(code, 2)
    assert.match(stderr, /--language: expected en or de or fr or es or ar/)
  })

  it('ends with 1 where --password-stdin is given and no password is', async () => {
    const words = ['--email', 'ann@example.org', '--password-stdin']
    const { code, stderr } = await create(makeFolder(), '\n', words)
    assert.equal(code, 1)
    assert.match(stderr, /expected a password/)
  })

  it('ends with 1 for an address that somebody has', async () => {
    const cwd = makeFolder()
    assert.equal((await create(cwd, { email: 'ann@example.org' })).code, 0)
    const { code, stderr } = await create(cwd, { email: 'ANN@example.org' })
    assert.equal(code, 1)
    assert.match(stderr, /^latchkey users create: somebody has this address already/)
  })
})

describe('latchkey users list', () => {
  it('prints a line for each user, or JSON', async () => {
    const cwd = makeFolder()
    for (const user of [
      { email: 'ann@example.org', username: 'ann' },
      { username: 'bob', is_active: false },
    ]) {
      await latchkey(['users', 'create'], { cwd, env, input: JSON.stringify(user) })
    }
    const [lines, json] = await Promise.all([
      latchkey(['users', 'list'], { cwd, env }),
      latchkey(['users', 'list', '--json'], { cwd, env }),
    ])
    assert.deepEqual(
      lines.stdout.split('\n').map((line) => line.split('\t').slice(1)),
      [['ann@example.org', 'ann', 'active'], ['-', 'bob', 'inactive'], []],
    )
    const users = json.stdout.trim().split('\n')
    assert.deepEqual(
      users.map((line) => JSON.parse(line).username),
      ['ann', 'bob'],
    )
  })

  it('prints nothing where there is nobody, and needs no secret', async () => {
    const ended = await latchkey(['users', 'list'], { cwd: makeFolder() })
    assert.deepEqual(ended, { code: 0, stdout: '', stderr: '' })
  })
})

describe('latchkey users remove-factors', () => {
  const user = { email: 'ann@example.org', password }
  const remove = (cwd: string, ...words: string[]) =>
    latchkey(['users', 'remove-factors', ...words], { cwd, env })

  it('lets a user in who has lost the authenticator app', async () => {
    const cwd = makeFolder()
    const created = await latchkey(['users', 'create'], { cwd, env, input: JSON.stringify(user) })
    const { url } = await startServer({ cwd, env })
    const token = (await (await logIn(url, user.email)).json()).meta.session_token
    const path = 'account/authenticators/totp'
    const { secret } = (await (await ask(url, 'GET', path, { token })).json()).meta
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    assert.equal((await ask(url, 'POST', path, { token, json: { code } })).status, 200)
    assert.equal((await logIn(url, user.email)).status, 401)

    const removed = await remove(cwd, '--email', 'Ann@Example.org')
    assert.deepEqual(removed, { code: 0, stdout: '2\n', stderr: '' })
    assert.equal((await logIn(url, user.email)).status, 200)
    assert.equal((await remove(cwd, '--id', created.stdout.trim())).stdout, '0\n')
  })

  it('names what it expected', async () => {
    const cwd = makeFolder()
    const without = await remove(cwd)
    assert.equal(without.code, 2)
    assert.match(without.stderr, /expected --email, --username or --id/)
    const unknown = await remove(cwd, '--email', 'nobody@example.org')
    assert.equal(unknown.code, 1)
    assert.match(unknown.stderr, /no such user: nobody@example.org/)
  })
})

describe('latchkey reseal', () => {
  it('lets the old secret go', async () => {
    const cwd = makeFolder()
    const user = { email: 'ann@example.org', password }
    await latchkey(['users', 'create'], { cwd, env, input: JSON.stringify(user) })
    const first = await startServer({ cwd, env })
    const token = (await (await logIn(first.url, user.email)).json()).meta.session_token
    const path = 'account/authenticators'
    const { secret } = (await (await ask(first.url, 'GET', `${path}/totp`, { token })).json()).meta
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    await ask(first.url, 'POST', `${path}/totp`, { token, json: { code: totp.generate() } })
    const shown = await ask(first.url, 'GET', `${path}/recovery-codes`, { token })
    const [recoveryCode] = (await shown.json()).data.unused_codes
    await first.stop()

    const newer = { SECRET_KEY: 'another secret, as long as it has to be' }
    const both = { ...newer, SECRET_KEY_FALLBACKS: JSON.stringify([testSecret]) }
    const alone = await latchkey(['reseal'], { cwd, env: newer })
    assert.equal(alone.code, 1)
    assert.match(alone.stderr, /^latchkey reseal: .*SECRET_KEY_FALLBACKS\?\n$/)
    const resealed = await latchkey(['reseal'], { cwd, env: both })
    assert.deepEqual(resealed, {
      code: 0,
      stdout:
        '1 authenticators and 10 recovery codes\n0 keys that sign tokens\nThe audit log is sealed.\n',
      stderr: '',
    })
    const { url } = await startServer({ cwd, env: newer })
    for (const code of [totp.generate(), recoveryCode]) {
      const half = (await (await logIn(url, user.email)).json()).meta.session_token
      const passed = await ask(url, 'POST', 'auth/2fa/authenticate', {
        token: half,
        json: { code },
      })
      assert.equal(passed.status, 200)
    }
  })

  it('needs a secret', async () => {
    const cwd = makeFolder()
    assert.equal((await latchkey(['reseal'], { cwd, env: {} })).code, 3)
  })
})

function logIn(url: string, email: string): Promise<Response> {
  return ask(url, 'POST', 'auth/login', { json: { email, password } })
}

function ask(
  url: string,
  method: string,
  path: string,
  { token, json }: { token?: string; json?: object },
): Promise<Response> {
  return fetch(`${url}/_allauth/app/v1/${path}`, {
    method,
    headers: { ...(token !== undefined && { 'X-Session-Token': token }) },
    ...(json && { body: JSON.stringify(json) }),
  })
}
