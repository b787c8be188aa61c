import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { decrypt, encrypt } from './encrypt.ts'
import { equalText, hmac, sha256 } from './hash.ts'
import { deriveKeys, type KeyUse } from './keys.ts'
import { randomText, randomToken, uuidv7 } from './random.ts'

const uses: KeyUse[] = ['audit', 'authenticator', 'code', 'link', 'outbox', 'recovery']

describe('encrypt and decrypt', () => {
  const keys = deriveKeys(['a secret'])

  it('bring back what was encrypted', () => {
    for (const text of ['', 'x', 'ünï \0 👩', 'a'.repeat(100_000)]) {
      const sealed = encrypt(keys.current('authenticator'), text, 'context')
      assert.equal(decrypt(keys.all('authenticator'), sealed, 'context'), text)
    }
  })

  it('write the same text differently each time, and hide it', () => {
    const sealed = new Set(
      Array.from({ length: 50 }, () => encrypt(keys.current('authenticator'), 'plain', 'context')),
    )
    assert.equal(sealed.size, 50)
    for (const text of sealed) {
      assert.equal(Buffer.from(text, 'base64url').includes('plain'), false)
    }
  })

  it('refuse every changed byte, and every cut', () => {
    const sealed = Buffer.from(
      encrypt(keys.current('authenticator'), 'text', 'context'),
      'base64url',
    )
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      assert.equal(
        decrypt(keys.all('authenticator'), changed.toString('base64url'), 'context'),
        undefined,
      )
      const cut = sealed.subarray(0, at).toString('base64url')
      assert.equal(decrypt(keys.all('authenticator'), cut, 'context'), undefined)
    }
    assert.equal(decrypt(keys.all('authenticator'), 'no base64!', 'context'), undefined)
  })

  it('refuse another context and another use', () => {
    const sealed = encrypt(keys.current('authenticator'), 'text', 'user 1')
    assert.equal(decrypt(keys.all('authenticator'), sealed, 'user 2'), undefined)
    assert.equal(decrypt(keys.all('outbox'), sealed, 'user 1'), undefined)
  })

  it('go on with earlier secrets while these are listed', () => {
    const sealed = encrypt(keys.current('authenticator'), 'text', 'context')
    const rotated = deriveKeys(['a newer secret', 'a secret'])
    assert.equal(decrypt(rotated.all('authenticator'), sealed, 'context'), 'text')
    const renewed = encrypt(rotated.current('authenticator'), 'text', 'context')
    assert.equal(decrypt(keys.all('authenticator'), renewed, 'context'), undefined)
    assert.equal(
      decrypt(deriveKeys(['a newer secret']).all('authenticator'), sealed, 'context'),
      undefined,
    )
  })
})

describe('deriveKeys', () => {
  it('has a key of its own for each use of each secret, always the same', () => {
    const bytes = (secret: string) =>
      uses.map((use) => deriveKeys([secret]).current(use).export().toString('hex'))
    const all = [...bytes('one'), ...bytes('two')]
    assert.equal(new Set(all).size, 2 * uses.length)
    assert.deepEqual(bytes('one'), bytes('one'))
    assert.deepEqual([...new Set(all.map((it) => it.length))], [64])
  })

  it('has other keys for a use whose salt changes', () => {
    const link = (salt: string) => deriveKeys(['one'], { link: salt }).current('link').export()
    const code = (salt: string) => deriveKeys(['one'], { link: salt }).current('code').export()
    assert.notDeepEqual(link('a'), link('b'))
    assert.deepEqual(code('a'), code('b'))
  })

  it('has no key without a secret', () => {
    assert.throws(() => deriveKeys([]).current('code'), /no secret/)
  })
})

describe('uuidv7', () => {
  it('has the format of RFC 9562', () => {
    // Later than any clock that a test before this one has moved.
    const now = Date.parse('2200-01-01')
    const id = uuidv7(now)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.equal(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16), now)
  })

  it('is in order and never twice, within one millisecond and when the clock goes back', () => {
    const start = Date.parse('2200-01-02')
    const ids: string[] = []
    for (let n = 0; n < 10_000; n += 1) ids.push(uuidv7(start))
    for (let n = 0; n < 100; n += 1) ids.push(uuidv7(start - n * 1000))
    for (let n = 0; n < 100; n += 1) ids.push(uuidv7(start + n))
    assert.deepEqual([...ids].sort(), ids)
    assert.equal(new Set(ids).size, ids.length)
  })
})

describe('random text', () => {
  it('has 256 bits in a token', () => {
    const tokens = Array.from({ length: 1000 }, randomToken)
    assert.equal(new Set(tokens).size, 1000)
    for (const token of tokens) assert.match(token, /^[\w-]{43}$/)
  })

  it('is drawn evenly', () => {
    const counts = new Map<string, number>()
    for (const letter of randomText('ABCDEFGHIJ', 100_000)) {
      counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
    // Ten standard deviations: a fair draw never gets there, a biased one does.
    for (const count of counts.values()) assert.ok(Math.abs(count - 10_000) < 950, String(count))
    assert.equal(counts.size, 10)
  })
})

describe('hashes', () => {
  it('are those of the standards', () => {
    assert.equal(sha256('abc'), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
    const key = deriveKeys(['a']).current('code')
    assert.notEqual(hmac(key, 'abc'), sha256('abc'))
    assert.equal(hmac(key, 'abc'), hmac(key, 'abc'))
  })

  it('are compared as they are', () => {
    assert.equal(equalText('abc', 'abc'), true)
    for (const other of ['', 'ab', 'abd', 'ABC', 'abc ', 'abcd']) {
      assert.equal(equalText('abc', other), false)
    }
  })
})
