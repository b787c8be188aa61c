import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, it } from 'vitest'
import { createPolicy, type Validator } from './policy.ts'
import type { PasswordOwner } from './rule.ts'

const usual: Validator[] = [
  'UserAttributeSimilarityValidator',
  'MinimumLengthValidator',
  'CommonPasswordValidator',
  'NumericPasswordValidator',
].map((name) => ({ NAME: `django.contrib.auth.password_validation.${name}` }))

function codesOf(validators: Validator[], password: string, owner?: PasswordOwner): string[] {
  return createPolicy(validators)
    .check(password, owner)
    .map(({ code }) => code)
}

const short = 'password_too_short'
const common = 'password_too_common'
const numeric = 'password_entirely_numeric'

describe('the usual policy', () => {
  it.each([
    ['velvet-Otter-41', []],
    ['marble-Kiosk-77', []],
    ['tidy-Walrus-90', []],
    ['copper-Lagoon-58', []],
    ['ninamarquez', []],
    ['пароль-密码-41', []],
    ['x7-Qw', [short]],
    ['8675309421', [numeric]],
    ['password123', [common]],
    ['123', [short, common, numeric]],
    ['1', [short, common, numeric]],
    ['x', [short, common]],
    ['12345', [short, common, numeric]],
    ['123456789012', [common, numeric]],
    ['', [short, common]],
  ])('%j: %j', (password, codes) => {
    assert.deepEqual(codesOf(usual, password), codes)
  })

  it('answers in the order of the validators', () => {
    assert.deepEqual(codesOf(usual.toReversed(), '123'), [numeric, common, short])
  })

  it('says what the texts need', () => {
    assert.deepEqual(createPolicy(usual).check('123', { username: '123' }), [
      { code: 'password_too_similar', params: { attribute: 'username' } },
      { code: short, params: { min_length: 8 } },
      { code: common, params: {} },
      { code: numeric, params: {} },
    ])
  })
})

describe('MinimumLengthValidator', () => {
  const NAME = 'MinimumLengthValidator'

  it('asks for as many characters as its option says', () => {
    const policy = createPolicy([{ NAME, OPTIONS: { min_length: 12 } }])
    assert.deepEqual(policy.check('12345678901'), [{ code: short, params: { min_length: 12 } }])
    assert.deepEqual(policy.check('123456789012'), [])
  })

  it('counts code points', () => {
    assert.deepEqual(codesOf([{ NAME }], '🦦🦦🦦🦦🦦🦦🦦'), [short])
    assert.deepEqual(codesOf([{ NAME }], '🦦🦦🦦🦦🦦🦦🦦🦦'), [])
    assert.deepEqual(codesOf([{ NAME }], 'ééééééé'), [short])
  })
})

describe('the length beside the rules', () => {
  it('is six without rules', () => {
    assert.deepEqual(createPolicy([]).check('12345'), [{ code: short, params: { min_length: 6 } }])
    assert.deepEqual(createPolicy([]).check('123456'), [])
  })

  it('is what was asked for', () => {
    assert.deepEqual(createPolicy([], 9).check('12345678').length, 1)
    assert.deepEqual(createPolicy([], 9).check('123456789'), [])
    assert.deepEqual(createPolicy([], 0).check(''), [])
  })

  it('does not apply where there are rules, unless it was asked for', () => {
    const numbers = [{ NAME: 'NumericPasswordValidator' }]
    assert.deepEqual(createPolicy(numbers).check('ab'), [])
    assert.deepEqual(createPolicy(numbers, 3).check('ab').length, 1)
  })

  it('is complained of once', () => {
    assert.deepEqual(createPolicy(usual, 12).check('x7-Qw'), [
      { code: short, params: { min_length: 12 } },
    ])
    assert.deepEqual(createPolicy(usual, 6).check('x7-Qwzz'), [
      { code: short, params: { min_length: 8 } },
    ])
  })
})

describe('CommonPasswordValidator', () => {
  const validators = [{ NAME: 'CommonPasswordValidator' }]
  const folder = mkdtempSync(join(tmpdir(), 'passwords-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(['password', '123456', 'qwerty', 'iloveyou', 'abc123', 'letmein', 'password123'])(
    'refuses %s, in capitals and with blanks around it too',
    (password) => {
      for (const it of [password, password.toUpperCase(), ` ${password}\t`]) {
        assert.deepEqual(codesOf(validators, it), [common], it)
      }
    },
  )

  it.each(['a', 'Z', '7', '%', 'ß', '🦦', 'aa', '000', 'abc', 'qwe', '   ', '          '])(
    'refuses the trivial %j',
    (password) => {
      assert.deepEqual(codesOf(validators, password), [common])
    },
  )

  it.each(['x7-Qw', 'velvet-otter-41', 'b7', 'password 123', 'constructor-7', '__proto__'])(
    'accepts %j',
    (password) => {
      assert.deepEqual(codesOf(validators, password), [])
    },
  )

  it('reads another list, gzipped or not', () => {
    const lines = 'velvet-otter-41\r\nmarble-kiosk-77\n'
    const plain = join(folder, 'plain.txt')
    const gzipped = join(folder, 'list.txt.gz')
    writeFileSync(plain, lines)
    writeFileSync(gzipped, gzipSync(lines))
    for (const path of [plain, gzipped]) {
      const own = [{ NAME: 'CommonPasswordValidator', OPTIONS: { password_list_path: path } }]
      assert.deepEqual(codesOf(own, 'Velvet-Otter-41'), [common])
      assert.deepEqual(codesOf(own, 'marble-kiosk-77'), [common])
      assert.deepEqual(codesOf(own, 'password123'), [])
    }
  })

  it('has a list of at most 250 kB and loads and searches it fast', () => {
    const { size } = statSync(new URL('./common-passwords.txt', import.meta.url))
    assert.ok(size < 250_000)
    const policy = createPolicy(validators)
    const before = process.threadCpuUsage()
    for (let round = 0; round < 10_000; round += 1) policy.check(`velvet-otter-${round}`)
    assert.ok(process.threadCpuUsage(before).user < 500_000)
  })
})

describe('NumericPasswordValidator', () => {
  const validators = [{ NAME: 'NumericPasswordValidator' }]

  it.each([
    ['8675309421', [numeric]],
    ['٠١٢٣٤٥٦٧', [numeric]],
    ['867-5309', []],
    ['8675309 ', []],
    ['-8675309', []],
    ['0x1f', []],
    ['', []],
  ])('%j: %j', (password, codes) => {
    assert.deepEqual(codesOf(validators, password), codes)
  })
})

describe('UserAttributeSimilarityValidator', () => {
  const NAME = 'UserAttributeSimilarityValidator'

  // The answers are those of Python's difflib.
  it.each([
    ['alice@example.test', 'alice@example.test', 0.7, true],
    ['zeuqramanin', 'ninamarquez', 0.7, true],
    ['ninamarquez1987', 'ninamarquez', 0.7, true],
    ['ninamarquez1987-yes!', 'ninamarquez', 0.7, true],
    ['example1', 'ann@example.org', 0.7, true],
    ['NINAmarquez', 'ninaMARQUEZ', 0.7, true],
    ['velvet-otter-41', 'nina@example.test', 0.7, false],
    ['aaaaaaaaaa', 'a', 0.7, false],
    ['aaaaaaaaaa', 'a', 0.1, true],
    ['aaa', 'a', 0.7, false],
    ['aaa', 'a', 0.5, true],
    ['abcdefghij', 'abcdefg', 0.8, true],
    ['abcdefg', 'abcdefgxyz', 0.82, true],
    ['abcdefg', 'abcdefgxyz', 0.83, false],
    ['ninna', 'nina', 0.7, true],
    ['ab', 'abcd', 0.7, false],
    ['ab', 'abc', 0.8, true],
    ['密码密码密码', '密码密码', 0.7, true],
    ['jean-luc-1', 'jean-luc', 0.7, true],
    ['söndag-åäö', 'sondag söndag-åäö', 1, false],
    ['o_brien', 'o_brien x', 1, true],
    ['o_brie', 'o.brien', 1, false],
  ])('%s beside %s at %d: %s', (password, username, max_similarity, isSimilar) => {
    const codes = codesOf([{ NAME, OPTIONS: { max_similarity } }], password, { username })
    assert.deepEqual(codes, isSimilar ? ['password_too_similar'] : [])
  })

  it.each([
    ['username', { username: 'ninamarquez' }],
    ['first name', { firstName: 'ninamarquez' }],
    ['last name', { lastName: 'ninamarquez' }],
    ['email address', { email: 'ninamarquez@example.org' }],
  ])('looks at the %s', (attribute, owner) => {
    assert.deepEqual(createPolicy([{ NAME }]).check('ninamarquez7', owner), [
      { code: 'password_too_similar', params: { attribute } },
    ])
  })

  it('reports only the first attribute', () => {
    const owner = { username: 'ninamarquez', email: 'ninamarquez' }
    assert.equal(createPolicy([{ NAME }]).check('ninamarquez', owner).length, 1)
  })

  it('looks only at the attributes it was given', () => {
    const validators = [{ NAME, OPTIONS: { user_attributes: ['email'] } }]
    assert.deepEqual(codesOf(validators, 'ninamarquez', { username: 'ninamarquez' }), [])
    assert.equal(codesOf(validators, 'ninamarquez', { email: 'ninamarquez' }).length, 1)
  })

  it('has nothing to say of an owner of whom nothing is known', () => {
    for (const owner of [undefined, {}, { username: '', email: undefined }]) {
      assert.deepEqual(codesOf([{ NAME }], 'ninamarquez', owner), [])
    }
  })

  it('takes little time for a long password', () => {
    const owner = { email: `${'a.'.repeat(120)}@example.org`, username: 'a b '.repeat(30) }
    const before = process.threadCpuUsage()
    codesOf([{ NAME }], 'b'.repeat(60_000), owner)
    // Of this thread alone, whatever else the machine does.
    assert.ok(process.threadCpuUsage(before).user < 1_000_000)
  })
})

describe('settings that make no sense end with their name', () => {
  const similarity = 'UserAttributeSimilarityValidator'
  it.each([
    ['NoSuchValidator', {}, /NoSuchValidator/],
    ['', {}, /password validator/],
    ['toString', {}, /toString/],
    ['MinimumLengthValidator', { min_length: '8' }, /MinimumLengthValidator.*min_length.*"8"/],
    ['MinimumLengthValidator', { min_length: -1 }, /min_length/],
    ['MinimumLengthValidator', { min_length: 1.5 }, /min_length/],
    ['MinimumLengthValidator', { min_length: null }, /min_length/],
    ['MinimumLengthValidator', { minLength: 8 }, /MinimumLengthValidator.*minLength/],
    ['NumericPasswordValidator', { some: 1 }, /NumericPasswordValidator.*some/],
    ['CommonPasswordValidator', { password_list_path: 7 }, /password_list_path/],
    ['CommonPasswordValidator', { password_list_path: '/no/such' }, /\/no\/such/],
    [similarity, { max_similarity: 0.05 }, /max_similarity/],
    [similarity, { max_similarity: 1.1 }, /max_similarity/],
    [similarity, { max_similarity: 'a' }, /max_similarity/],
    [similarity, { user_attributes: 'email' }, /user_attributes/],
    [similarity, { user_attributes: ['shoe_size'] }, /user_attributes.*shoe_size/],
  ])('%s %j', (NAME, OPTIONS, message) => {
    assert.throws(() => createPolicy([{ NAME, OPTIONS }]), message)
  })
})
