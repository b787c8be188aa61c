import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { deriveKeys } from '../crypto/keys.ts'
import { makeCode, normalizeCode } from './code.ts'
import { readSigned, sign } from './signed-key.ts'

const groups = (code: string) => code.split('-').map((group) => group.length)

describe('makeCode', () => {
  it('has as many characters as asked for, of digits or of consonants that can not be confused', () => {
    for (let length = 4; length <= 64; length += 1) {
      const letters = makeCode({ numeric: false, dashed: false, length })
      assert.match(letters, new RegExp(`^[BCDFGHJKLMNPQRSTVWXZ]{${length}}$`))
      const digits = makeCode({ numeric: true, dashed: false, length })
      assert.match(digits, new RegExp(`^[0-9]{${length}}$`))
    }
  })

  it('is in two groups up to eight characters, and in three beyond', () => {
    const table: [number, number[]][] = [
      [4, [2, 2]],
      [5, [3, 2]],
      [6, [3, 3]],
      [7, [4, 3]],
      [8, [4, 4]],
      [9, [3, 3, 3]],
      [10, [4, 4, 2]],
      [12, [4, 4, 4]],
      [64, [22, 22, 20]],
    ]
    for (const [length, expected] of table) {
      const code = makeCode({ numeric: false, dashed: true, length })
      assert.deepEqual(groups(code), expected, code)
    }
  })

  it('uses its whole alphabet and repeats itself no more than chance has it', () => {
    const codes = Array.from({ length: 2000 }, () =>
      makeCode({ numeric: false, dashed: false, length: 8 }),
    )
    assert.equal(new Set(codes).size, codes.length)
    assert.equal(new Set(codes.join('')).size, 20)
  })
})

describe('normalizeCode', () => {
  it('drops case, punctuation, symbols, blanks and what can not be seen', () => {
    for (const spelled of ['bcdf-ghjk', ' BCDF GHJK. ', 'b\u2013c\u200bd\u00a0f_g+h=j\tk\n']) {
      assert.equal(normalizeCode(spelled), 'BCDFGHJK')
    }
  })

  it('has nothing left of what is no code', () => {
    for (const nothing of ['', ' ', '-', '\ud800', '\0', '…—“”']) {
      assert.equal(normalizeCode(nothing), '')
    }
  })

  it('makes no other letter of a letter', () => {
    assert.notEqual(normalizeCode('ВCDF'), 'BCDF')
    assert.notEqual(normalizeCode('ＢCDF'), 'BCDF')
  })
})

describe('a signed key', () => {
  const keys = deriveKeys(['a secret'])
  const claim = ['user', 'ann@example.org']

  it('tells its claim until it expires', () => {
    const key = sign(keys, 'verify_email', claim, 1000)
    assert.deepEqual(readSigned(keys, 'verify_email', key, 999), claim)
    assert.equal(readSigned(keys, 'verify_email', key, 1000), null)
  })

  it('serves no other purpose', () => {
    const key = sign(keys, 'verify_email', claim, 1000)
    assert.equal(readSigned(keys, 'password_reset', key, 0), null)
  })

  it('is read with every secret that is listed, and with no other', () => {
    const key = sign(keys, 'verify_email', claim, 1000)
    const rotated = deriveKeys(['new', 'a secret'])
    assert.deepEqual(readSigned(rotated, 'verify_email', key, 0), claim)
    assert.equal(readSigned(deriveKeys(['new']), 'verify_email', key, 0), null)
    const renewed = sign(rotated, 'verify_email', claim, 1000)
    assert.equal(readSigned(keys, 'verify_email', renewed, 0), null)
  })

  it('is refused with any character changed', () => {
    const key = sign(keys, 'verify_email', claim, 1000)
    for (let at = 0; at < key.length; at += 1) {
      const other = `${key.slice(0, at)}${key[at] === 'A' ? 'B' : 'A'}${key.slice(at + 1)}`
      assert.equal(readSigned(keys, 'verify_email', other, 0), null, String(at))
      assert.equal(readSigned(keys, 'verify_email', key.slice(0, at), 0), null)
    }
  })

  it('can be put into an address', () => {
    const key = sign(keys, 'verify_email', ['ü', '👩/?&='], 1000)
    assert.equal(encodeURIComponent(key), key)
  })
})
