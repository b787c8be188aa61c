import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { codeFormat } from './code-format.ts'
import { cookieDomain, cookieName, cookiePath, sameSite } from './cookie.ts'
import { describeValue, type Parser, WrongValue } from './parser.ts'
import {
  bool,
  decimal,
  filledText,
  headerName,
  listOf,
  oneOf,
  orNull,
  quota,
  record,
  text,
  whole,
} from './parsers.ts'
import { passwordRules } from './password-rules.ts'
import { readRates } from './rate-limits.ts'
import { parsers } from './settings.ts'
import { signupFields } from './signup-fields.ts'

interface Case {
  name: string
  parser: Parser<unknown>
  /** What is accepted, and what becomes of it. */
  accepts: [given: unknown, value: unknown][]
  refuses: unknown[]
  /** Texts of environment variables, and what becomes of them; undefined: not set. */
  texts?: [text: string, value: unknown][]
}

const cases: Case[] = [
  {
    name: 'bool',
    parser: bool,
    accepts: [
      [true, true],
      [false, false],
    ],
    refuses: [null, 'true', 1, 0, [], {}],
    texts: [
      ['true', true],
      ['Yes', true],
      ['on', true],
      ['1', true],
      ['FALSE', false],
      ['no', false],
      ['off', false],
      ['0', false],
      ['', undefined],
    ],
  },
  {
    name: 'whole',
    parser: whole(1, 5),
    accepts: [
      [1, 1],
      [5, 5],
    ],
    refuses: [0, 6, 1.5, '1', null, Number.NaN, Number.POSITIVE_INFINITY, true],
    texts: [
      ['3', 3],
      [' 4 ', 4],
      ['', undefined],
    ],
  },
  {
    name: 'decimal',
    parser: decimal(0.5),
    accepts: [[0.5, 0.5]],
    refuses: [0.4, '1', Number.POSITIVE_INFINITY],
    texts: [['2.5', 2.5]],
  },
  {
    name: 'text',
    parser: text,
    accepts: [
      ['', ''],
      ['a', 'a'],
    ],
    refuses: [1, null, true],
    texts: [
      ['', ''],
      ['12', '12'],
    ],
  },
  {
    name: 'filledText',
    parser: filledText,
    accepts: [['a', 'a']],
    refuses: ['', 1, null],
    texts: [
      ['', undefined],
      ['true', 'true'],
    ],
  },
  {
    name: 'oneOf',
    parser: oneOf(['Lax', 'Strict']),
    accepts: [
      ['Lax', 'Lax'],
      ['strict', 'Strict'],
    ],
    refuses: ['', 'other', null, true],
  },
  {
    name: 'orNull',
    parser: orNull(whole(1)),
    accepts: [
      [null, null],
      [1, 1],
    ],
    refuses: [0, 'null'],
    texts: [
      ['null', null],
      ['7', 7],
    ],
  },
  {
    name: 'listOf',
    parser: listOf(oneOf(['a', 'b']), 1),
    accepts: [
      [['a'], ['a']],
      [
        ['b', 'a', 'b'],
        ['b', 'a'],
      ],
    ],
    refuses: [[], ['c'], 'a', null, { 0: 'a' }],
    texts: [
      ['a, b', ['a', 'b']],
      ['["b"]', ['b']],
      ['', undefined],
    ],
  },
  {
    name: 'record',
    parser: record,
    accepts: [[{ a: 1 }, { a: 1 }]],
    refuses: [[], null, 'a'],
    texts: [['{"a":1}', { a: 1 }]],
  },
  {
    name: 'quota',
    parser: quota,
    accepts: [
      [true, 2],
      [false, 0],
      [0, 0],
      [5, 5],
    ],
    refuses: [-1, 1.5, '2', null],
    texts: [
      ['true', 2],
      ['false', 0],
      ['1', 1],
      ['3', 3],
    ],
  },
  {
    name: 'headerName',
    parser: headerName,
    accepts: [
      ['HTTP_X_XSRF_TOKEN', 'x-xsrf-token'],
      ['X-CSRFToken', 'x-csrftoken'],
    ],
    refuses: ['', 'a b', 'x:y', null],
  },
  {
    name: 'codeFormat',
    parser: codeFormat,
    accepts: [
      [{}, { numeric: false, dashed: true, length: 8 }],
      [{ numeric: true }, { numeric: true, dashed: true, length: 9 }],
      [
        { numeric: true, dashed: false, length: 6 },
        { numeric: true, dashed: false, length: 6 },
      ],
    ],
    refuses: [
      [],
      null,
      { length: 3 },
      { length: '8' },
      { numeric: 1 },
      { dashed: 'no' },
      { size: 8 },
    ],
    texts: [['{"length":10}', { numeric: false, dashed: true, length: 10 }]],
  },
  {
    name: 'signupFields',
    parser: signupFields,
    accepts: [
      [
        ['email*', 'phone', 'password1'],
        {
          email: 'required',
          email2: 'absent',
          username: 'absent',
          phone: 'optional',
          password1: 'optional',
          password2: 'absent',
        },
      ],
    ],
    refuses: ['email*', ['password*'], ['name'], ['email', 'email*'], ['email**'], [1], null],
  },
  {
    name: 'passwordRules',
    parser: passwordRules,
    accepts: [
      [[], []],
      [['CommonPasswordValidator'], [{ NAME: 'CommonPasswordValidator' }]],
      [
        [{ NAME: 'MinimumLengthValidator', OPTIONS: { min_length: 12 } }],
        [{ NAME: 'MinimumLengthValidator', OPTIONS: { min_length: 12 } }],
      ],
    ],
    refuses: [{}, null, [{}], [1], [{ NAME: 'MinimumLengthValidator', OPTIONS: [] }]],
  },
  {
    name: 'sameSite',
    parser: sameSite,
    accepts: [
      ['lax', 'Lax'],
      ['None', 'None'],
      [false, null],
      [null, null],
    ],
    refuses: [true, 'other', 1],
    texts: [['false', null]],
  },
  {
    name: 'cookieName',
    parser: cookieName,
    accepts: [['__Host-sid', '__Host-sid']],
    refuses: ['', 'a b', 'a=b', 'a;b'],
  },
  {
    name: 'cookiePath',
    parser: cookiePath,
    accepts: [['/_allauth', '/_allauth']],
    refuses: ['', 'a', '/a;b'],
  },
  {
    name: 'cookieDomain',
    parser: cookieDomain,
    accepts: [['.example.test', '.example.test']],
    refuses: ['', 'https://example.test', 'a;b'],
  },
  {
    name: 'account.emailVerification',
    parser: parsers.account.emailVerification,
    accepts: [
      [true, 'mandatory'],
      [false, 'optional'],
      ['mandatory', 'mandatory'],
      ['optional', 'optional'],
      ['none', 'none'],
    ],
    refuses: [null, 'yes', 1],
    texts: [
      ['true', 'mandatory'],
      ['none', 'none'],
    ],
  },
  {
    name: 'account.loginByCodeRequired',
    parser: parsers.account.loginByCodeRequired,
    accepts: [
      [true, true],
      [false, false],
      [[], false],
      [
        ['password', 'mfa'],
        ['password', 'mfa'],
      ],
    ],
    refuses: ['password', ['code'], null],
    texts: [
      ['true', true],
      ['password,mfa', ['password', 'mfa']],
    ],
  },
  {
    name: 'account.preventEnumeration',
    parser: parsers.account.preventEnumeration,
    accepts: [
      [true, true],
      [false, false],
      ['strict', 'strict'],
    ],
    refuses: ['lenient', null, 1],
    texts: [
      ['strict', 'strict'],
      ['no', false],
    ],
  },
  {
    name: 'account.maxEmailAddresses',
    parser: parsers.account.maxEmailAddresses,
    accepts: [
      [null, null],
      [2, 2],
    ],
    refuses: [0, -1],
  },
  {
    name: 'headless.frontendUrls',
    parser: parsers.headless.frontendUrls,
    accepts: [[{ account_signup: '/signup' }, { account_signup: '/signup' }]],
    refuses: [{ signup: '/signup' }, { account_signup: 1 }, { account_signup: '' }, []],
  },
  {
    name: 'headless.tokenStrategy',
    parser: parsers.headless.tokenStrategy,
    accepts: [
      ['jwt', 'jwt'],
      ['session', 'session'],
      ['allauth.headless.tokens.strategies.jwt.JWTTokenStrategy', 'jwt'],
      ['allauth.headless.tokens.strategies.sessions.SessionTokenStrategy', 'session'],
      ['allauth.headless.tokens.sessions.SessionTokenStrategy', 'session'],
    ],
    refuses: ['opaque', 'ours.tokens.JWTTokenStrategy', null],
  },
  {
    name: 'server.publicUrl',
    parser: parsers.server.publicUrl,
    accepts: [
      ['https://auth.example.test/', 'https://auth.example.test'],
      ['http://localhost:8000', 'http://localhost:8000'],
      [null, null],
    ],
    refuses: ['auth.example.test', 'https://example.test/auth', 'ftp://example.test', 1],
  },
  {
    name: 'server.allowedHosts',
    parser: parsers.server.allowedHosts,
    accepts: [
      [
        ['127.0.0.1', '.Example.test', '*', '[::1]'],
        ['127.0.0.1', '.example.test', '*', '[::1]'],
      ],
    ],
    refuses: [['example.test:80'], ['https://example.test'], [''], 'example.test'],
  },
  {
    name: 'server.csrfTrustedOrigins',
    parser: parsers.server.csrfTrustedOrigins,
    accepts: [
      [
        ['https://*.apps.example.test', 'http://localhost:3000/', 'capacitor://localhost'],
        ['https://*.apps.example.test', 'http://localhost:3000', 'capacitor://localhost'],
      ],
    ],
    refuses: [['app.example.test'], ['https://example.test/path'], ['*']],
  },
  {
    name: 'server.secureProxySslHeader',
    parser: parsers.server.secureProxySslHeader,
    accepts: [
      [['HTTP_X_FORWARDED_PROTO', 'https'], { name: 'x-forwarded-proto', value: 'https' }],
      [null, null],
    ],
    refuses: [['X-Forwarded-Proto'], 'X-Forwarded-Proto', ['a b', 'https'], ['a', 1]],
    texts: [['X-Forwarded-Proto,https', { name: 'x-forwarded-proto', value: 'https' }]],
  },
  {
    name: 'server.installedApps',
    parser: parsers.server.installedApps,
    accepts: [
      [
        ['django.contrib.auth', 'allauth.mfa'],
        ['allauth.account', 'allauth.headless', 'allauth.mfa'],
      ],
    ],
    refuses: ['allauth.mfa', [1]],
  },
  {
    name: 'server.smtpUrl',
    parser: parsers.server.smtpUrl,
    accepts: [['smtps://u:p@mail.example.test', 'smtps://u:p@mail.example.test']],
    refuses: ['mail.example.test', 'http://mail.example.test'],
    texts: [['', undefined]],
  },
  {
    name: 'server.smsUrl',
    parser: parsers.server.smsUrl,
    accepts: [['http://hook:p%40s%25@127.0.0.1:9/a%', 'http://hook:p%40s%25@127.0.0.1:9/a%']],
    refuses: ['https://hook:100%@sms.example.test', 'https://%zz@sms.example.test', 'https:// x'],
  },
  {
    name: 'server.webhookUrls',
    parser: parsers.server.webhookUrls,
    accepts: [[['https://app.example.test/%'], ['https://app.example.test/%']]],
    refuses: [['https://hook:100%@app.example.test'], ['ftp://app.example.test'], ['https://a b']],
  },
  {
    name: 'server.defaultFromEmail',
    parser: parsers.server.defaultFromEmail,
    accepts: [
      ['a@example.test', 'a@example.test'],
      ['Ann <a@example.test>', 'Ann <a@example.test>'],
    ],
    refuses: ['Ann', 'a@b\r\nBcc: c@d'],
  },
]

describe.each(cases)('parser $name', ({ parser, accepts, refuses, texts = [] }) => {
  it('accepts', () => {
    for (const [given, value] of accepts) assert.deepEqual(parser.parse(given), value)
  })

  it('refuses', () => {
    for (const given of refuses) {
      assert.throws(() => parser.parse(given), WrongValue, describeValue(given))
    }
  })

  it('reads environment variables', () => {
    for (const [given, value] of texts) {
      const read = parser.fromText(given)
      assert.deepEqual(read === undefined ? undefined : parser.parse(read), value, given)
    }
  })
})

describe('readRates', () => {
  const rates: [string, unknown][] = [
    ['5/m', [{ amount: 5, windowMs: 60_000, per: 'ip' }]],
    ['1/2s/key', [{ amount: 1, windowMs: 2_000, per: 'key' }]],
    ['1/0.5h/user', [{ amount: 1, windowMs: 1_800_000, per: 'user' }]],
    ['1/.5s', [{ amount: 1, windowMs: 500, per: 'ip' }]],
    ['9/d/ip', [{ amount: 9, windowMs: 86_400_000, per: 'ip' }]],
    [
      '20/m/ip, 3/300s/key',
      [
        { amount: 20, windowMs: 60_000, per: 'ip' },
        { amount: 3, windowMs: 300_000, per: 'key' },
      ],
    ],
  ]

  it.each(rates)('reads %s', (given, expected) => {
    assert.deepEqual(readRates(given), expected)
  })

  it.each([[null], [''], [false]])('takes %s for no limit', (given) => {
    assert.deepEqual(readRates(given), [])
  })

  it.each([
    '5',
    '/m',
    '0/m',
    '5/0s',
    '5/w',
    '5/m/host',
    '5/m/',
    '5/./m',
    '5/.s',
    '5/m,',
    'm/5',
    '-5/m',
  ])('refuses %s', (given) => {
    assert.throws(() => readRates(given), WrongValue)
  })
})

describe('describeValue', () => {
  it('cuts long values', () => {
    assert.equal(describeValue('x'.repeat(500)).length, 81)
  })

  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['a', '"a"'],
    [[1], '[1]'],
    [() => 1, 'a function'],
    [1n, '1'],
  ])('names %s', (value, expected) => {
    assert.equal(describeValue(value), expected)
  })
})
