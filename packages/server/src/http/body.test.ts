import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { TestClient } from '../testing/client.ts'

const { errors } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const unlimited = { ACCOUNT_RATE_LIMITS: false }
const bothMissing = ['required@email', 'required@password']

function send(auth: TestAuth, raw: string | Uint8Array, path = 'auth/login') {
  return auth.client('app').request('POST', path, undefined, { raw })
}

/** A 400 that is not of the API: the body could not even be read. */
async function assertUnreadable(auth: TestAuth, raw: string | Uint8Array, why = '') {
  const { status, headers } = await send(auth, raw)
  assert.equal(status, 400, why)
  assert.equal(headers.get('content-type'), 'text/html; charset=utf-8', why)
}

describe('a body', () => {
  it('may be empty or null, which is as an empty object', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    for (const raw of ['', 'null', '{}', ' {} ', '\n{\t}\r']) {
      assert.deepEqual(errors(await send(auth, raw)), bothMissing, JSON.stringify(raw))
    }
  })

  it('has to be JSON', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const wrong = ['{', '{{{', ' ', '\n\t ', '\u00a0', 'undefined', "{'a':1}", '{"a":1,}', '{}{}']
    wrong.push(
      'email=ann%40example.org&password=x',
      '<login/>',
      'NaN',
      '{"a":Infinity}',
      '{"a":01}',
    )
    for (const raw of wrong) await assertUnreadable(auth, raw, raw)
  })

  it('has to be in UTF-8 without a byte order mark', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const latin = Buffer.from('{"email":"ü"}', 'latin1')
    const utf16 = Buffer.from('{"email":"x"}', 'utf16le')
    const surrogate = Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])
    const overlong = Buffer.from([0x7b, 0x7d, 0xc0, 0xaf])
    for (const raw of [latin, utf16, surrogate, overlong, Buffer.from('\ufeff{}')]) {
      await assertUnreadable(auth, raw, raw.toString('hex'))
    }
  })

  it('is not unpacked', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    await assertUnreadable(auth, gzipSync(JSON.stringify(ann)))
  })

  it('has to be an object where it is input', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const wrong = ['[]', '["email"]', '"text"', '5', '0', 'true', 'false', '""', '[{}]', '1e400']
    for (const raw of wrong) await assertUnreadable(auth, raw, raw)
  })

  it('does not matter where it is no input, as long as it is JSON', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const client = auth.client('app')
    const signOut = (raw: string) =>
      client.request('DELETE', 'auth/session', undefined, { raw }).then(({ status }) => status)
    for (const raw of ['null', '5', '[]', '', '{"a":1}']) assert.equal(await signOut(raw), 401)
    assert.equal(await signOut('{{'), 400)
  })

  it('is looked at after who asks, and how often', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { login: '2/m/ip', reauthenticate: '1/m/user' } }
    await using auth = await createTestAuth({ settings, users: [ann] })
    for (const path of ['auth/reauthenticate', 'account/password/change']) {
      assert.equal((await send(auth, '{', path)).status, 401, path)
    }
    const client = auth.client('app')
    assert.equal((await client.post('auth/login', ann)).status, 200)
    const again = (raw: string) =>
      client.request('POST', 'auth/reauthenticate', undefined, { raw }).then(({ status }) => status)
    assert.deepEqual([await again('{'), await again('{'), await again('{}')], [400, 429, 429])
    assert.equal((await send(auth, '{')).status, 400)
    assert.equal((await send(auth, '{')).status, 429)
  })

  it('is looked at after whether anything waits for it', async () => {
    const byCode = {
      ...unlimited,
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
      ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true,
      ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
    }
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const waiting = ['auth/code/confirm', 'auth/email/verify', 'auth/phone/verify']
    for (const path of [...waiting, 'auth/password/reset', 'account/email', 'account/phone']) {
      assert.equal((await send(auth, '{', path)).status, 409, path)
    }
    for (const path of [...waiting, 'auth/password/reset']) {
      for (const method of ['GET', 'PUT']) {
        const { status } = await auth.client('app').request(method, path, undefined)
        assert.equal(status, 409, `${method} ${path}`)
      }
    }
    const client = auth.client('app')
    await client.post('auth/code/request', { email: ann.email })
    const confirm = (raw: string) =>
      client.request('POST', 'auth/code/confirm', undefined, { raw }).then(({ status }) => status)
    // None of these is an attempt.
    for (let time = 0; time < 5; time += 1) assert.equal(await confirm('{'), 400)
    assert.equal((await client.get('auth/code/confirm')).status, 405)
    const code = await auth.secretTo(ann.email)
    assert.equal((await client.post('auth/code/confirm', { code })).status, 200)
  })

  it('is not read where only something is sent again', async () => {
    const settings = { ...unlimited, ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
    await using auth = await createTestAuth({ settings, users: [ann] })
    for (const path of [
      'auth/email/verify/resend',
      'auth/phone/verify/resend',
      'auth/code/resend',
    ]) {
      assert.equal((await send(auth, '{', path)).status, 409, path)
    }
  })

  it('that can not be read is answered to a browser with its cookie as well', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const client = auth.client('browser')
    const { status, headers } = await client.request('POST', 'auth/login', undefined, { raw: '{' })
    assert.equal(status, 400)
    assert.match(headers.get('set-cookie') ?? '', /^csrftoken=/)
  })

  it('of a GET is not read', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    for (const raw of ['{{{', 'ÿ', 'x'.repeat(100_000)]) {
      const answer = await auth.client('app').request('GET', 'auth/session', undefined, { raw })
      assert.equal(answer.status, 401)
    }
  })

  it('is read whatever its type is said to be', async () => {
    await using auth = await createTestAuth({ settings: unlimited, users: [ann] })
    for (const type of [
      'text/plain',
      'application/json; charset=latin-1',
      'image/png',
      undefined,
    ]) {
      const headers = { 'content-type': type }
      const answer = await auth.client('app').post('auth/login', ann, { headers })
      assert.equal(answer.status, 200, String(type))
    }
  })

  it('has to be within DATA_UPLOAD_MAX_MEMORY_SIZE', async () => {
    const settings = { ...unlimited, DATA_UPLOAD_MAX_MEMORY_SIZE: 2000 }
    await using auth = await createTestAuth({ settings })
    const fill = (size: number) => `{"x":"${'a'.repeat(size - 8)}"}`
    assert.equal(fill(2000).length, 2000)
    assert.deepEqual(errors(await send(auth, fill(2000))), bothMissing)
    await assertUnreadable(auth, fill(2001))
    await assertUnreadable(auth, `{"x":"${'é'.repeat(1000)}"}`)
  })

  it('is 64 KiB at most by default: a password of a megabyte is not even looked at', async () => {
    await using auth = await createTestAuth({ settings: unlimited, users: [ann] })
    const long = JSON.stringify({ ...ann, password: 'x'.repeat(1_000_000) })
    await assertUnreadable(auth, long)
    assert.equal((await send(auth, JSON.stringify(ann))).status, 200)
  })
})

describe('the members of a body', () => {
  it('may be written with escapes', async () => {
    await using auth = await createTestAuth({ settings: unlimited, users: [ann] })
    const raw = `{"\\u0065mail":"ann\\u0040example.org","password":"${ann.password}"}`
    assert.equal((await send(auth, raw)).status, 200)
  })

  it('count with their last value where they are given twice', async () => {
    await using auth = await createTestAuth({ settings: unlimited, users: [ann] })
    const twice = `{"email":"nobody@example.org","email":"${ann.email}","password":"x"`
    assert.equal((await send(auth, `${twice},"password":"${ann.password}"}`)).status, 200)
    assert.deepEqual(errors(await send(auth, `${twice},"password":null}`)), ['required@password'])
  })

  it('are ignored where nobody knows them, however many and odd they are', async () => {
    await using auth = await createTestAuth({ settings: unlimited, users: [ann] })
    const own = `"email":"${ann.email}","password":"${ann.password}"`
    for (const odd of [
      '"__proto__":null',
      '"__proto__":{"email":"x"}',
      '"constructor":{"prototype":{"email":"x"}}',
      '"toString":1,"hasOwnProperty":2,"valueOf":3',
      '"":1,"a.b":[],"\\u0000":2,"\\ud800":3',
      Array.from({ length: 4000 }, (_, n) => `"k${n}":1`).join(),
    ]) {
      assert.equal((await send(auth, `{${own},${odd}}`)).status, 200, odd.slice(0, 60))
    }
  })

  it('are not reached through a prototype', async () => {
    await using auth = await createTestAuth({ settings: unlimited, users: [ann] })
    const inherited = JSON.stringify(ann)
    for (const raw of [`{"__proto__":${inherited}}`, `{"constructor":${inherited}}`]) {
      assert.deepEqual(errors(await send(auth, raw)), bothMissing)
    }
    assert.equal(Reflect.get({}, 'email'), undefined)
  })

  it('may be numbers and truth values where text is expected', async () => {
    const user = { email: ann.email, password: '12345' }
    await using auth = await createTestAuth({ settings: unlimited, users: [user] })
    assert.equal((await send(auth, `{"email":"${ann.email}","password":12345}`)).status, 200)
    for (const email of ['1e3', '-0', 'true', 'false', '0', '1e400', '9'.repeat(5000)]) {
      const answer = await send(auth, `{"email":${email},"password":-0}`)
      assert.equal(errors(answer)[0], 'invalid@email', email.slice(0, 10))
    }
  })

  it('are as if absent where they are empty lists and objects, and text otherwise', async () => {
    await using auth = await createTestAuth({ settings: unlimited, users: [ann] })
    for (const empty of ['[]', '{}', 'null', '""']) {
      const raw = `{"email":${empty},"password":${empty}}`
      assert.deepEqual(errors(await send(auth, raw)), bothMissing)
    }
    for (const full of ['{"a":1}', `["${ann.email}"]`, '[[]]', '[null]']) {
      const answer = await send(auth, `{"email":${full},"password":{"a":1}}`)
      assert.deepEqual(errors(answer), ['invalid@email'], full)
    }
  })

  it('may nest, within reason', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const nested = '['.repeat(200) + ']'.repeat(200)
    assert.deepEqual(errors(await send(auth, `{"x":${nested}}`)), bothMissing)
    for (const path of ['auth/login', 'auth/signup']) {
      const answer = await send(auth, `{"email":${nested},"password":"x-Y-z-41"}`, path)
      assert.equal(errors(answer)[0], 'invalid@email', path)
    }
  })

  it('may not nest so deep that nobody can write them down again', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    for (const depth of [300, 1500, 10_000]) {
      const lists = '['.repeat(depth) + ']'.repeat(depth)
      const objects = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
      for (const deep of [lists, objects]) {
        await assertUnreadable(auth, `{"email":${deep},"password":"x"}`)
        await assertUnreadable(auth, deep)
      }
    }
  })

  it('are refused with lone surrogates and NUL', async () => {
    await using auth = await createTestAuth({ settings: unlimited, users: [ann] })
    const table: [string, string][] = [
      [`{"email":"${ann.email}","password":"a\\ud800b"}`, 'invalid@password'],
      [`{"email":"a\\udfff@example.org","password":"x"}`, 'invalid@email'],
      [`{"email":"${ann.email}","password":"a\\u0000"}`, 'null_characters_not_allowed@password'],
    ]
    for (const [raw, expected] of table) {
      assert.ok(errors(await send(auth, raw)).includes(expected), raw)
    }
  })
})
