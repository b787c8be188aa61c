import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { isEmailAddress } from '../users/spelling.ts'
import { email, phone, text } from './fields.ts'
import type { Field } from './input.ts'

/** What a field makes of a raw value, and what it says is wrong with it. */
function read<T>(field: Field<T>, raw: unknown): { value: T; codes: string[] } {
  const codes: string[] = []
  const value = field(raw, (code) => codes.push(code))
  return { value, codes }
}

const required = { isRequired: true }

describe('isEmailAddress', () => {
  const label = 'd'.repeat(63)
  const valid = [
    'ann@example.org',
    'a@b.co',
    'ann+tag@example.org',
    "o'hara@example.org",
    '!#$%&*+-/=?^_`{|}~@example.org',
    'ann.b.c@sub.sub.example.org',
    'ann@localhost',
    'ann@xn--exmple-cua.test',
    'ann@exämple.test',
    'ann@例え.テスト',
    `${'a'.repeat(64)}@example.org`,
    `ann@${label}.${label}.org`,
    'ann@1.example.org',
    'ann@a-b.example',
  ]
  const invalid = [
    '',
    '@',
    'ann',
    'ann@',
    '@example.org',
    'a@b',
    'ann@example',
    'ann@@example.org',
    'ann@bob@example.org',
    '.ann@example.org',
    'ann.@example.org',
    'a..b@example.org',
    '"ann b"@example.org',
    'ann b@example.org',
    'ann@exam ple.org',
    ' ann@example.org',
    'ann@example.org ',
    'Ann <ann@example.org>',
    '<ann@example.org>',
    'ann@example.org,bob@example.org',
    'ann@example.org;bob@example.org',
    'ann(comment)@example.org',
    'ann\r\nBcc: bob@example.org',
    'ann@example.org\r\nBcc: bob@example.org',
    'ann@example.org\n',
    'ann\0@example.org',
    'ann@example.org\0',
    'ünn@example.org',
    'ann＠example.org',
    'ann@example.org.',
    'ann@.example.org',
    'ann@example..org',
    'ann@-example.org',
    'ann@example-.org',
    'ann@exam_ple.org',
    'ann@127.0.0.1',
    'ann@[127.0.0.1]',
    'ann@0x7f.1',
    'ann@example.123',
    'ann@example.o2g',
    'ann@example.c',
    'ann@example.org/path',
    'ann@example.org?x',
    'ann@example.org#x',
    'ann@example.org:25',
    'ann@ex%61mple.org',
    'ann@a\\example.org',
    `${'a'.repeat(65)}@example.org`,
    `ann@d${label}.org`,
  ]
  for (const address of valid) {
    it(`accepts ${address}`, () => assert.equal(isEmailAddress(address), true))
  }
  for (const address of invalid) {
    it(`refuses ${JSON.stringify(address)}`, () => assert.equal(isEmailAddress(address), false))
  }

  it('takes no time that grows faster than the address', () => {
    const started = performance.now()
    for (const part of ['a.', 'a', '.', '-', '!', '%']) {
      isEmailAddress(`${part.repeat(60_000)}@${part.repeat(60_000)}`)
      isEmailAddress(`a@${part.repeat(60_000)}`)
    }
    assert.ok(performance.now() - started < 1000)
  })
})

describe('email', () => {
  it('folds case and drops blanks around', () => {
    assert.deepEqual(read(email(required), ' Ann@Example.ORG\n'), {
      value: 'ann@example.org',
      codes: [],
    })
  })

  it('has one spelling for one domain', () => {
    for (const spelling of [
      'ann@exämple.test',
      'ann@EXÄMPLE.test',
      'ann@exa\u0308mple.test',
      'ann@xn--exmple-cua.test',
      'ann@exäm\u00adple.test',
      'ann@ｅxämple.test',
      'ann@exämple。test',
    ]) {
      assert.equal(read(email(required), spelling).value, 'ann@exämple.test', spelling)
    }
  })

  it('says what is wrong', () => {
    const domain = `${'d'.repeat(59)}.`.repeat(4)
    const table: [unknown, object, string[]][] = [
      ['', required, ['required']],
      [null, required, ['required']],
      ['', { isRequired: false }, []],
      ['a@b', required, ['invalid']],
      [`ann@${domain}org`, { ...required, maxLength: 254 }, []],
      [`ann12345678@${domain}org`, { ...required, maxLength: 254 }, ['max_length']],
      [`${'a'.repeat(400)}@example.org`, required, ['invalid', 'max_length']],
    ]
    for (const [raw, options, codes] of table) {
      const field = email({ isRequired: true, ...options })
      assert.deepEqual(read(field, raw).codes, codes, String(raw))
    }
  })
})

describe('phone', () => {
  it('accepts E.164', () => {
    for (const number of ['+31612345678', '+12025550123', '+123456789012345', '+123456']) {
      assert.deepEqual(read(phone(required), number), { value: number, codes: [] })
    }
  })

  it('drops blanks around', () => {
    for (const number of [' +31612345678', '+31612345678 ', '\t+31612345678\n']) {
      assert.deepEqual(read(phone(required), number), { value: '+31612345678', codes: [] })
    }
  })

  it('refuses everything else', () => {
    for (const number of [
      '31612345678',
      '0031612345678',
      '+0612345678',
      '+31 6 1234 5678',
      '+31-612345678',
      '+1234567890123456',
      '+',
      '+1',
      '+12345',
      '++31612345678',
      '+٣١٦١٢٣٤٥٦٧٨',
      '+31612345678,+31687654321',
      31612345678,
      ['+31612345678'],
    ]) {
      assert.deepEqual(read(phone(required), number).codes, ['invalid_phone'], String(number))
    }
  })

  it('names a null character too', () => {
    const { codes } = read(phone(required), '+3161234\x005678')
    assert.deepEqual(codes, ['invalid_phone', 'null_characters_not_allowed'])
  })

  it('may be missing where it is optional', () => {
    for (const raw of [undefined, null, '', '  ', []]) {
      assert.deepEqual(read(phone(required), raw).codes, ['required'])
      assert.deepEqual(read(phone({ isRequired: false }), raw), { value: '', codes: [] })
    }
  })
})

describe('text', () => {
  it('reads values of any kind', () => {
    const table: [unknown, string][] = [
      [' a b ', 'a b'],
      [1.5, '1.5'],
      [true, 'True'],
      [false, 'False'],
      [undefined, ''],
      [null, ''],
      [[], ''],
      [{}, ''],
      ['\u00a0\u2003x\u2003', 'x'],
    ]
    for (const [raw, value] of table) {
      assert.deepEqual(read(text({ isRequired: false }), raw), { value, codes: [] })
    }
  })

  it('drops what the API takes for blanks around it', () => {
    const blanks =
      '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000'
    assert.equal(read(text(required), `${blanks}a b${blanks}`).value, 'a b')
    assert.deepEqual(read(text(required), blanks).codes, ['required'])
    for (const kept of ['\ufeffa', 'a\u200b', '\x1b']) {
      assert.equal(read(text(required), kept).value, kept)
    }
  })

  it('counts characters, not their halves', () => {
    assert.deepEqual(read(text({ ...required, maxLength: 3 }), '👩👩👩').codes, [])
    assert.deepEqual(read(text({ ...required, maxLength: 2 }), '👩👩👩').codes, ['max_length'])
    assert.deepEqual(read(text({ ...required, minLength: 4 }), '👩👩👩').codes, ['min_length'])
  })

  it('counts bytes where that is asked for', () => {
    assert.deepEqual(read(text({ ...required, maxBytes: 4 }), 'éé').codes, [])
    assert.deepEqual(read(text({ ...required, maxBytes: 4 }), 'ééa').codes, ['max_length'])
  })
})
