import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, it } from 'vitest'
import { request } from './http-client.ts'
import { cleanUp, latchkey, makeFolder, startServer, testSecret } from './processes.ts'

afterEach(cleanUp)

const env = { SECRET_KEY: testSecret, ACCOUNT_EMAIL_VERIFICATION: 'none' }
const password = 'correct horse battery'

/** A folder whose database tells of two people, one of whom has a nasty browser. */
async function prepare() {
  const cwd = makeFolder()
  const server = await startServer({ cwd, env })
  for (const name of ['ann', 'bob']) {
    const json = { email: `${name}@example.org`, password }
    assert.equal((await request(server.url, 'POST', 'auth/signup', { json })).status, 200)
  }
  const json = { email: 'ann@example.org', password: 'wrong horse' }
  const headers = { 'user-agent': 'a\u009b31mnasty' }
  assert.equal((await request(server.url, 'POST', 'auth/login', { json, headers })).status, 400)
  await server.stop()
  const run = (...words: string[]) => latchkey(words, { cwd, env })
  const lines = async (...words: string[]) => {
    const { code, stdout, stderr } = await run(...words)
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
    return stdout.split('\n').slice(0, -1)
  }
  return { cwd, run, lines, database: () => new DatabaseSync(join(cwd, 'latchkey.sqlite3')) }
}

describe('latchkey audit', () => {
  it('lists events, newest last, and narrows by every option', { timeout: 60_000 }, async () => {
    const { lines } = await prepare()
    const all = await lines('audit')
    const types = ['signed_up', 'logged_in', 'signed_up', 'logged_in', 'login_failed']
    assert.deepEqual(
      all.map((line) => line.split(/ {2,}/)[1]),
      types,
    )
    const last = all.at(-1) ?? ''
    assert.match(
      last,
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}login_failed +[0-9a-f-]{36} {2}127\.0\.0\.1 {2}method=password$/,
    )
    assert.deepEqual(await lines('audit', '--limit', '2'), all.slice(-2))
    const [, id = ''] = /([0-9a-f-]{36})/.exec(last) ?? []
    const [event = ''] = await lines('audit', '--json', '--type', 'logged_in')
    const counts: [count: number, ...words: string[]][] = [
      [3, '--user', 'ann@example.org'],
      [2, '--user', 'bob'],
      [3, '--user', id],
      [2, '--session', JSON.parse(event).data.session_id],
      [3, '--type', 'login_failed,logged_in'],
      [5, '--since', '1h', '--ip', '127.0.0.1'],
      [0, '--until', '1h'],
      [0, '--since', '2020-01-01', '--until', '2021-01-01T00:00Z'],
      [0, '--ip', '192.0.2.1'],
      [1, '--user', 'ann', '--type', 'login_failed', '--since', '1h'],
    ]
    const found = await Promise.all(counts.map(([, ...words]) => lines('audit', ...words)))
    assert.deepEqual(
      found.map(({ length }) => length),
      counts.map(([count]) => count),
    )
  })

  it('prints complete objects with --json, and nothing that moves a cursor', async () => {
    const { lines } = await prepare()
    const json = await lines('audit', '--json', '--type', 'login_failed')
    assert.equal(json.length, 1)
    assert.doesNotMatch(json[0] ?? '', /\p{Cc}/u)
    const event = JSON.parse(json[0] ?? '')
    assert.equal(event.seq, 5)
    assert.equal(event.data.user_agent, 'a\u009b31mnasty')
    assert.equal(event.data.method, 'password')
    assert.match(event.hash, /^[\w-]{43}$/)
    assert.ok(Math.abs(Date.parse(event.timestamp) - Date.now()) < 60_000)
  })

  it('shows rows as they are that were changed to make no sense', async () => {
    const { lines, database } = await prepare()
    const db = database()
    db.exec(`update events set data = 'no json' where seq = 1; update events set data = 'null' where seq = 2;
      update events set created_at = 9000000000000000 where seq = 3; update events set seq = 'x' where seq = 4`)
    db.close()
    const all = await lines('audit')
    assert.equal(all.length, 5)
    assert.match(all[0] ?? '', /data=no json$/)
    assert.match(all[1] ?? '', /data=null$/)
    assert.match(all[2] ?? '', /^9000000000000000 {2}/)
    const events = (await lines('audit', '--json')).map((line) => JSON.parse(line))
    assert.equal(events[0].data.data, 'no json')
    assert.deepEqual([events[2].timestamp, events[3].seq], ['9000000000000000', 'x'])
  })

  it('lists the events of everybody whom --user fits', async () => {
    const { lines, database } = await prepare()
    const db = database()
    db.exec(
      "update users set username = 'ann@example.org', username_key = 'ann@example.org' where username = 'bob'",
    )
    db.close()
    assert.equal((await lines('audit', '--user', 'ann@example.org')).length, 5)
    const [listed] = (await lines('users', 'list')).filter((line) => line.includes('bob@'))
    assert.match(listed ?? '', /\tbob@example\.org\tann@example\.org\tactive$/)
  })

  it('users list shows names without effect on the terminal', async () => {
    const { lines, database } = await prepare()
    const db = database()
    db.exec(
      "update users set username = 'b' || char(27) || '[2J' || char(9) || 'x' where username = 'bob'",
    )
    db.close()
    for (const words of [[], ['--json']]) {
      const shown = (await lines('users', 'list', ...words)).join('\n')
      assert.match(shown, /b\\u001b\[2J\\(u0009|t)x/)
      assert.ok(!shown.includes('\u001b'))
    }
  })

  it.each([
    ['an unknown type', ['--type', 'sacked'], 2, /no type "sacked"/],
    ['a time that is none', ['--since', 'yesterday'], 2, /--since: expected a date/],
    ['a limit that is none', ['--limit', '0'], 2, /--limit/],
    ['a user that is not there', ['--user', 'eve'], 1, /no such user: eve/],
    ['a word too many', ['verfy'], 2, /latchkey audit: .*verfy/],
  ])('refuses %s', async (_, words, expected, problem) => {
    const { code, stderr } = await latchkey(['audit', ...words], { cwd: makeFolder(), env })
    assert.equal(code, expected)
    assert.match(stderr, problem)
  })
})

describe('latchkey audit verify', () => {
  it('prints a checkpoint, and finds it again', async () => {
    const { lines, run } = await prepare()
    const [events, checkpoint = ''] = await lines('audit', 'verify')
    assert.equal(events, '5 events, 1 to 5: whole')
    assert.match(checkpoint, /^checkpoint 5:[\w-]{43}$/)
    const text = checkpoint.slice('checkpoint '.length)
    assert.deepEqual(await lines('audit', 'verify', '--checkpoint', text), [events, checkpoint])
    const later = await run('audit', 'verify', '--checkpoint', text.replace('5:', '6:'))
    assert.equal(later.code, 1)
    assert.match(later.stderr, /event 6: the chain ends before the checkpoint/)
    assert.equal((await run('audit', 'verify', '--checkpoint', '5')).code, 2)
  })

  it('ends with 1 and names the first event that is not as it was', async () => {
    const { run, database } = await prepare()
    const db = database()
    db.exec("update events set ip = '203.0.113.7' where seq = 3; delete from events where seq = 4")
    db.close()
    const { code, stdout, stderr } = await run('audit', 'verify')
    assert.deepEqual({ code, stdout }, { code: 1, stdout: '' })
    assert.match(stderr, /^latchkey audit verify: event 3: it was changed/)
  })

  it('ends with 1 where the log was emptied, but there are users', async () => {
    const { run, database } = await prepare()
    const db = database()
    db.exec("delete from events; update audit_marks set seq = 0, hash = '', seal = ''")
    db.close()
    const { code, stderr } = await run('audit', 'verify')
    assert.equal(code, 1)
    assert.match(stderr, /no events yet, but there are users/)
  })

  it('needs the secret, and after a rotation both or a reseal', async () => {
    const { cwd, run } = await prepare()
    assert.equal((await latchkey(['audit', 'verify'], { cwd })).code, 3)
    const newer = { SECRET_KEY: 'another secret of thirty-two characters' }
    const other = await latchkey(['audit', 'verify'], { cwd, env: newer })
    assert.equal(other.code, 1)
    assert.match(other.stderr, /event 5: .*SECRET_KEY/)
    const both = { ...newer, SECRET_KEY_FALLBACKS: JSON.stringify([testSecret]) }
    const resealed = await latchkey(['reseal'], { cwd, env: both })
    assert.match(resealed.stdout, /The audit log is sealed\.\n$/)
    assert.equal((await latchkey(['audit', 'verify'], { cwd, env: newer })).code, 0)
    const undone = await run('reseal')
    assert.equal(undone.code, 1)
    assert.match(undone.stderr, /sealed by none of the secrets/)
  })
})

describe('latchkey audit restart', () => {
  it('seals what no secret has sealed, and says so in the log', { timeout: 60_000 }, async () => {
    const { cwd, run } = await prepare()
    const newer = { ...env, SECRET_KEY: 'another secret of thirty-two characters' }
    const anew = (...words: string[]) => latchkey(words, { cwd, env: newer })
    for (const words of [
      ['users', 'create', '--email', 'eve@example.org'],
      ['users', 'deactivate', '--email', 'ann@example.org'],
    ]) {
      const { code, stderr } = await anew(...words)
      assert.equal(code, 1)
      assert.match(stderr, /sealed by none of the secrets, so nothing was done/)
    }
    assert.equal((await run('audit', 'verify')).stdout.split('\n')[0], '5 events, 1 to 5: whole')
    assert.equal((await anew('audit', 'restart')).code, 2)
    const whole = await run('audit', 'restart', '--yes')
    assert.equal(whole.code, 1)
    assert.match(whole.stderr, /nothing to restart/)
    const restarted = await anew('audit', 'restart', '--yes')
    assert.equal(restarted.stdout, 'The ends of the audit log are sealed; event 5 was the last.\n')
    assert.match((await anew('audit', 'verify')).stdout, /^6 events, 1 to 6: whole\n/)
    const listed = await anew('audit', '--type', 'audit_restarted')
    assert.match(listed.stdout, /audit_restarted .* seq=5\n$/)
    assert.equal((await anew('users', 'create', '--email', 'eve@example.org')).code, 0)
  })
})

describe('latchkey webhooks secret', () => {
  it('prints a secret that the settings take', async () => {
    const cwd = makeFolder()
    const { code, stdout } = await latchkey(['webhooks', 'secret'], { cwd })
    assert.equal(code, 0)
    assert.match(stdout, /^whsec_[A-Za-z0-9+/]{43}=\n$/)
    const webhooks = { WEBHOOK_SECRETS: stdout.trim(), WEBHOOK_URLS: 'http://127.0.0.1:9/' }
    const checked = await latchkey(['settings', 'check'], { cwd, env: { ...env, ...webhooks } })
    assert.deepEqual(checked, { code: 0, stdout: 'The settings are consistent.\n', stderr: '' })
  })

  it.each([
    ['short', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['long', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['without its prefix', Buffer.alloc(32).toString('base64')],
  ])('is not shown where it is %s', async (_, secret) => {
    const settings = { ...env, WEBHOOK_SECRETS: secret, WEBHOOK_URLS: 'http://127.0.0.1:9/' }
    const { code, stderr } = await latchkey(['settings', 'check'], {
      cwd: makeFolder(),
      env: settings,
    })
    assert.equal(code, 3)
    assert.match(stderr, /WEBHOOK_SECRETS .*24 to 64 bytes/)
    assert.ok(!stderr.includes(secret))
  })
})
