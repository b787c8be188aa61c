import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { loadSettings, type SettingsSources } from './load.ts'
import { defaults } from './settings.ts'
import { SettingsError } from './settings-error.ts'

const load = (overrides: unknown) => loadSettings({ overrides })

function problemsOf(sources: SettingsSources): readonly string[] {
  try {
    loadSettings(sources)
  } catch (error) {
    assert.ok(error instanceof SettingsError)
    return error.problems
  }
  return assert.fail('the settings were accepted')
}

const problemOf = (sources: SettingsSources) => {
  const problems = problemsOf(sources)
  assert.equal(problems.length, 1, problems.join('\n'))
  return problems[0] ?? ''
}

describe('loadSettings without settings', () => {
  it('answers the defaults and warns of nothing', () => {
    const { settings, warnings } = loadSettings({})
    assert.deepEqual(settings, defaults)
    assert.deepEqual(warnings, [])
  })
})

describe('the layers', () => {
  const file = { account: { loginTimeout: 1 } }
  const environment = { ACCOUNT_LOGIN_TIMEOUT: '2' }
  const SETTINGS = '{"ACCOUNT_LOGIN_TIMEOUT":3}'
  const overrides = { account: { loginTimeout: 4 } }

  it.each<[string, SettingsSources, number]>([
    ['the default holds', {}, 900],
    ['the file wins over the default', { file }, 1],
    ['the environment wins over the file', { file, environment }, 2],
    ['SETTINGS wins over the environment', { file, environment: { ...environment, SETTINGS } }, 3],
    [
      'overrides win over SETTINGS',
      { file, environment: { ...environment, SETTINGS }, overrides },
      4,
    ],
  ])('%s', (_, sources, expected) => {
    assert.equal(loadSettings(sources).settings.account.loginTimeout, expected)
  })

  it('take names of the environment in a file and in overrides', () => {
    const { settings } = loadSettings({
      file: { ACCOUNT_LOGIN_TIMEOUT: 5, account: { salt: 'pepper' } },
      overrides: { MFA_TOTP_DIGITS: 8 },
    })
    assert.equal(settings.account.loginTimeout, 5)
    assert.equal(settings.account.salt, 'pepper')
    assert.equal(settings.mfa.totpDigits, 8)
  })

  it('skip what is undefined or an empty variable', () => {
    const { settings } = loadSettings({
      file: { account: { loginTimeout: undefined }, mfa: undefined },
      environment: { ACCOUNT_LOGIN_METHODS: '', SMTP_URL: '', SETTINGS: '', PORT: undefined },
    })
    assert.deepEqual(settings, defaults)
  })

  it('read lists, objects, truth values, numbers and texts from the environment', () => {
    const { settings } = loadSettings({
      environment: {
        ACCOUNT_LOGIN_METHODS: 'email,username',
        ACCOUNT_SIGNUP_FIELDS: '["email*","username*","password1*"]',
        ACCOUNT_RATE_LIMITS: '{"login":"1/h"}',
        ACCOUNT_CHANGE_EMAIL: 'yes',
        ACCOUNT_EMAIL_SUBJECT_PREFIX: '',
        MFA_TOTP_ISSUER: '2024',
        PORT: '9000',
        HOST: '0.0.0.0',
        DATABASE_PATH: '/data/a.sqlite3',
        ALLAUTH_TRUSTED_PROXY_COUNT: '1',
        PATH: '/usr/bin',
      },
    })
    assert.deepEqual(settings.account.loginMethods, ['email', 'username'])
    assert.equal(settings.account.signupFields.username, 'required')
    assert.deepEqual(settings.account.rateLimits.login, [
      { amount: 1, windowMs: 3_600_000, per: 'ip' },
    ])
    assert.equal(settings.account.changeEmail, true)
    assert.equal(settings.account.emailSubjectPrefix, '')
    assert.equal(settings.mfa.totpIssuer, '2024')
    assert.equal(settings.server.port, 9000)
    assert.equal(settings.server.host, '0.0.0.0')
    assert.equal(settings.server.databasePath, '/data/a.sqlite3')
    assert.equal(settings.server.trustedProxyCount, 1)
  })

  it.each<[string, SettingsSources, RegExp]>([
    ['a file that is a list', { file: [] }, /the settings file: expected an object, found a list/],
    [
      'overrides that are null',
      { overrides: null },
      /the overrides: expected an object, found null/,
    ],
    [
      'a group that is a text',
      { file: { mfa: 'on' } },
      /expected an object as mfa, found a string/,
    ],
    [
      'SETTINGS that is a list',
      { environment: { SETTINGS: '[]' } },
      /SETTINGS: expected an object/,
    ],
    ['SETTINGS that is no JSON', { environment: { SETTINGS: '{a' } }, /SETTINGS: expected a JSON/],
  ])('refuse %s', (_, sources, message) => {
    assert.match(problemOf(sources), message)
  })
})

describe('unknown names', () => {
  it.each<[unknown, RegExp]>([
    [
      { ACCOUNT_EMAIL_VERIFICATOIN: true },
      /no setting ACCOUNT_EMAIL_VERIFICATOIN \(did you mean ACCOUNT_EMAIL_VERIFICATION\?\)/,
    ],
    [
      { account: { emailVerificatoin: true } },
      /account\.emailVerificatoin \(did you mean account\.emailVerification\?\)/,
    ],
    [{ acount: {} }, /no setting acount \(did you mean account\?\)/],
    [{ port: 1 }, /no setting port \(did you mean server\.port\?\)/],
    [{ account: { totpDigits: 6 } }, /account\.totpDigits \(did you mean mfa\.totpDigits\?\)/],
    [{ account: { email_verification: true } }, /no setting account\.email_verification/],
    [{ server: { accountSalt: 'a' } }, /no setting server\.accountSalt/],
    [{ COMPLETELY_ELSEWHERE: 1 }, /no setting COMPLETELY_ELSEWHERE$/],
    [JSON.parse('{"__proto__":{"a":1}}'), /no setting __proto__/],
  ])('are refused: %j', (given, message) => {
    assert.match(problemOf({ file: given }), message)
    assert.match(problemOf({ overrides: given }), message)
    assert.match(problemOf({ environment: { SETTINGS: JSON.stringify(given) } }), message)
  })

  it.each(['ACCOUNT_', 'HEADLESS_', 'MFA_', 'SOCIALACCOUNT_', 'USERSESSIONS_', 'ALLAUTH_'])(
    'that begin with %s are refused in the environment',
    (prefix) => {
      assert.match(problemOf({ environment: { [`${prefix}X_Y_Z`]: '1' } }), /no setting \w+X_Y_Z/)
    },
  )

  it('pass in the environment when they are none of ours', () => {
    const environment = { SESSION_MANAGER: 'x', DEBUG: '*', LOGIN_URL: '/', EDITOR: 'vi' }
    assert.deepEqual(loadSettings({ environment }).warnings, [])
  })

  it('pass when Kubernetes made them from the name of a service', () => {
    const environment = {
      ACCOUNT_SERVICE_HOST: '10.0.0.1',
      ACCOUNT_SERVICE_PORT_HTTP: '80',
      ACCOUNT_PORT: 'tcp://10.0.0.1:80',
      ACCOUNT_PORT_80_TCP_ADDR: '10.0.0.1',
    }
    assert.deepEqual(loadSettings({ environment }).warnings, [])
  })
})

describe('wrong values', () => {
  it('are all listed, with setting, expectation, finding and source', () => {
    const problems = problemsOf({
      file: { account: { loginTimeout: 0 }, nonsense: 1 },
      environment: { MFA_TOTP_DIGITS: 'six' },
      overrides: { ACCOUNT_CHANGE_EMAIL: true, ACCOUNT_MAX_EMAIL_ADDRESSES: 5 },
    })
    assert.deepEqual(problems, [
      'the settings file: there is no setting nonsense',
      'ACCOUNT_LOGIN_TIMEOUT (account.loginTimeout): expected a whole number, 1 or more, found 0 in the settings file',
      'MFA_TOTP_DIGITS (mfa.totpDigits): expected a whole number, from 6 to 8, found "six" in the environment',
      'ACCOUNT_CHANGE_EMAIL, ACCOUNT_MAX_EMAIL_ADDRESSES: changing the address takes two of them for a while: the maximum has to be 2 or null',
    ])
  })

  it('say everything that would be accepted', () => {
    assert.match(problemOf({ overrides: { SESSION_COOKIE_SECURE: 1 } }), /true or false, or null/)
  })

  it('do not lead to complaints about their consequences', () => {
    const problem = problemOf({
      overrides: { ACCOUNT_CHANGE_EMAIL: true, ACCOUNT_MAX_EMAIL_ADDRESSES: 'five' },
    })
    assert.match(problem, /^ACCOUNT_MAX_EMAIL_ADDRESSES/)
  })

  it('name the action of a rate limit', () => {
    const action = { ACCOUNT_RATE_LIMITS: { logn: '1/m' } }
    assert.match(problemOf({ overrides: action }), /expected one of .*login.*, found "logn"/)
    const rate = { ACCOUNT_RATE_LIMITS: { login: 'often' } }
    assert.match(problemOf({ overrides: rate }), /expected rates like .*, found "often"/)
  })

  it('name the field called password', () => {
    const problem = problemOf({ overrides: { ACCOUNT_SIGNUP_FIELDS: ['email*', 'password*'] } })
    assert.match(problem, /^ACCOUNT_SIGNUP_FIELDS .*"password1".*found "password\*"/)
  })

  it.each([
    'SECRET_KEY',
    'SECRET_KEY_FALLBACKS',
    'DATABASE_URL',
    'SMTP_URL',
    'SMS_URL',
    'HEADLESS_JWT_PRIVATE_KEY',
    'HEADLESS_JWT_PRIVATE_KEY_FALLBACKS',
    'MFA_TOTP_INSECURE_BYPASS_CODE',
    'SOCIALACCOUNT_PROVIDERS',
  ])('never show %s', (name) => {
    const problem = problemOf({ overrides: { [name]: [['hunter2']] } })
    assert.match(problem, /found something else, which is kept secret/)
    assert.doesNotMatch(problem, /hunter2/)
  })

  it('never show what SETTINGS has', () => {
    for (const SETTINGS of ['{"SECRET_KEY":"hunter2"', '"hunter2"', 'hunter2', '["hunter2"]']) {
      assert.doesNotMatch(problemOf({ environment: { SETTINGS } }), /hunter2/)
    }
    const given = { SECRET_KY: 'hunter2', server: { secretKy: 'hunter2' }, mfa: 'hunter2' }
    assert.doesNotMatch(problemsOf({ overrides: given }).join(), /hunter2/)
  })
})

describe('settings that depend on others', () => {
  it('code formats inherit member by member', () => {
    const { account, server } = load({
      ALLAUTH_USER_CODE_FORMAT: { dashed: false },
      ACCOUNT_LOGIN_BY_CODE_FORMAT: { numeric: true },
      ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT: { length: 6 },
    }).settings
    assert.deepEqual(server.userCodeFormat, { numeric: false, dashed: false, length: 8 })
    assert.deepEqual(account.loginByCodeFormat, { numeric: true, dashed: false, length: 9 })
    assert.deepEqual(account.phoneVerificationCodeFormat, {
      numeric: false,
      dashed: false,
      length: 6,
    })
    assert.deepEqual(account.emailVerificationByCodeFormat, server.userCodeFormat)
  })

  it('a length that was given holds for numeric codes too', () => {
    const { account } = load({
      ALLAUTH_USER_CODE_FORMAT: { length: 8 },
      ACCOUNT_LOGIN_BY_CODE_FORMAT: { numeric: true },
    }).settings
    assert.equal(account.loginByCodeFormat.length, 8)
  })

  it('the reset format has two names', () => {
    const longer = load({ ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT: { length: 10 } })
    assert.equal(longer.settings.account.passwordResetByCodeFormat.length, 10)
    assert.deepEqual(longer.warnings, [])
    const shorter = load({
      ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT: { length: 10 },
      ACCOUNT_PASSWORD_RESET_BY_CODE_FORMAT: { length: 12 },
    })
    assert.equal(shorter.settings.account.passwordResetByCodeFormat.length, 12)
    const environment = { ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT: '{"length":11}' }
    assert.equal(
      loadSettings({ environment }).settings.account.passwordResetByCodeFormat.length,
      11,
    )
  })

  it('rate limits lie over the defaults', () => {
    const { rateLimits } = load({ ACCOUNT_RATE_LIMITS: { login: '1/h', signup: null } }).settings
      .account
    assert.equal(rateLimits.login[0]?.windowMs, 3_600_000)
    assert.deepEqual(rateLimits.signup, [])
    assert.deepEqual(rateLimits.change_phone, defaults.account.rateLimits.change_phone)
  })

  it('rate limits can be switched off', () => {
    const { rateLimits } = load({ ACCOUNT_RATE_LIMITS: false }).settings.account
    assert.equal(Object.values(rateLimits).flat().length, 0)
    assert.equal(Object.keys(rateLimits).length, 15)
  })

  it('confirm_email is quicker for codes', () => {
    const link = load({}).settings.account.rateLimits.confirm_email
    assert.deepEqual(link, [{ amount: 1, windowMs: 180_000, per: 'key' }])
    const code = load({
      account: { emailVerification: 'mandatory', emailVerificationByCodeEnabled: true },
    }).settings.account.rateLimits.confirm_email
    assert.deepEqual(code, [{ amount: 1, windowMs: 10_000, per: 'key' }])
  })

  it('passwords need 6 characters when there are no rules', () => {
    const length = (given: object) => load(given).settings.account.passwordMinLength
    assert.equal(length({}), null)
    assert.equal(length({ AUTH_PASSWORD_VALIDATORS: [] }), 6)
    assert.equal(length({ AUTH_PASSWORD_VALIDATORS: [], ACCOUNT_PASSWORD_MIN_LENGTH: null }), null)
    assert.equal(length({ ACCOUNT_PASSWORD_MIN_LENGTH: 10 }), 10)
  })

  it('providers ask for an address as signup does', () => {
    const social = (given: object) => load(given).settings.socialaccount
    const optional = { ACCOUNT_SIGNUP_FIELDS: ['email', 'username*'] }
    assert.equal(social({}).emailRequired, true)
    assert.equal(social(optional).emailRequired, false)
    assert.equal(social(optional).queryEmail, false)
    assert.equal(social({ ...optional, SOCIALACCOUNT_EMAIL_REQUIRED: true }).queryEmail, true)
    assert.equal(social({ SOCIALACCOUNT_QUERY_EMAIL: false }).queryEmail, false)
    assert.equal(social({ SOCIALACCOUNT_ONLY: true }).emailVerification, 'none')
  })

  it('the cookie of trusted browsers follows the session cookie', () => {
    const { mfa } = load({
      SESSION_COOKIE_DOMAIN: 'example.test',
      SESSION_COOKIE_HTTPONLY: false,
      SESSION_COOKIE_PATH: '/a',
      SESSION_COOKIE_SAMESITE: 'Strict',
      SESSION_COOKIE_SECURE: true,
      MFA_TRUST_COOKIE_HTTPONLY: true,
    }).settings
    assert.equal(mfa.trustCookieDomain, 'example.test')
    assert.equal(mfa.trustCookieHttponly, true)
    assert.equal(mfa.trustCookiePath, '/a')
    assert.equal(mfa.trustCookieSamesite, 'Strict')
    assert.equal(mfa.trustCookieSecure, true)
  })

  it('login by passkey stays off without security keys', () => {
    const given = { MFA_PASSKEY_LOGIN_ENABLED: true }
    assert.equal(load(given).settings.mfa.passkeyLoginEnabled, false)
    const both = { ...given, MFA_SUPPORTED_TYPES: ['webauthn'] }
    assert.equal(load(both).settings.mfa.passkeyLoginEnabled, true)
  })
})

describe('earlier names', () => {
  it.each<[object, (typeof defaults)['account']['loginMethods']]>([
    [{ ACCOUNT_AUTHENTICATION_METHOD: 'username' }, ['username']],
    [{ ACCOUNT_AUTHENTICATION_METHOD: 'username_email' }, ['username', 'email']],
    [{ ACCOUNT_AUTHENTICATION_METHOD: 'username', ACCOUNT_LOGIN_METHODS: ['email'] }, ['email']],
  ])('%j', (given, expected) => {
    const { settings, warnings } = load(given)
    assert.deepEqual(settings.account.loginMethods, expected)
    assert.match(warnings.join(), /ACCOUNT_AUTHENTICATION_METHOD is an earlier name: use ACCOUNT_/)
  })

  it.each<[object, object]>([
    [
      { ACCOUNT_EMAIL_REQUIRED: true, ACCOUNT_USERNAME_REQUIRED: false },
      { email: 'required', email2: 'absent', username: 'absent', password2: 'required' },
    ],
    [
      { ACCOUNT_SIGNUP_EMAIL_ENTER_TWICE: true },
      { email: 'optional', email2: 'optional', username: 'required', password2: 'required' },
    ],
    [
      { ACCOUNT_SIGNUP_PASSWORD_ENTER_TWICE: false },
      { email: 'optional', username: 'required', password1: 'required', password2: 'absent' },
    ],
    [{ ACCOUNT_SIGNUP_PASSWORD_VERIFICATION: false }, { password2: 'absent' }],
    [
      { ACCOUNT_EMAIL_REQUIRED: false, ACCOUNT_SIGNUP_FIELDS: ['email*'] },
      { email: 'required', username: 'absent' },
    ],
  ])('%j', (given, expected) => {
    const { signupFields } = load(given).settings.account
    assert.deepEqual({ ...signupFields, ...expected }, signupFields)
  })

  it('feed the defaults of rate limits', () => {
    const limits = (given: object) => load(given).settings.account.rateLimits
    const own = limits({ ACCOUNT_LOGIN_ATTEMPTS_LIMIT: 2, ACCOUNT_EMAIL_CONFIRMATION_COOLDOWN: 60 })
    assert.deepEqual(own.login_failed[1], { amount: 2, windowMs: 300_000, per: 'key' })
    assert.deepEqual(own.confirm_email, [{ amount: 1, windowMs: 60_000, per: 'key' }])
    const timeout = limits({ ACCOUNT_LOGIN_ATTEMPTS_TIMEOUT: 10 }).login_failed
    assert.deepEqual(timeout[1], { amount: 5, windowMs: 10_000, per: 'key' })
    assert.equal(limits({ ACCOUNT_LOGIN_ATTEMPTS_LIMIT: null }).login_failed.length, 1)
    assert.deepEqual(limits({ ACCOUNT_EMAIL_CONFIRMATION_COOLDOWN: 0 }).confirm_email, [])
    const newer = { ACCOUNT_RATE_LIMITS: { login_failed: '1/h/key' } }
    assert.equal(limits({ ACCOUNT_LOGIN_ATTEMPTS_LIMIT: 2, ...newer }).login_failed.length, 1)
  })

  it('feed ages', () => {
    const { account, server } = loadSettings({
      environment: { ACCOUNT_SESSION_COOKIE_AGE: '60', EMAIL_CONFIRMATION_DAYS: '7' },
    }).settings
    assert.equal(server.sessionCookieAge, 60)
    assert.equal(account.emailConfirmationExpireDays, 7)
  })

  it('are checked', () => {
    const problem = problemOf({ overrides: { ACCOUNT_AUTHENTICATION_METHOD: 'phone' } })
    assert.match(problem, /^ACCOUNT_AUTHENTICATION_METHOD: expected "username" or/)
  })
})

describe('settings without effect', () => {
  it('are accepted with a warning that says why', () => {
    const { settings, warnings } = loadSettings({
      file: { account: { adapter: 'app.Adapter' }, USE_X_FORWARDED_HOST: true },
      environment: { HEADLESS_ADAPTER: 'app.Adapter', IDP_OIDC_ADAPTER: 'app.Adapter' },
    })
    assert.deepEqual(settings, defaults)
    assert.deepEqual(warnings, [
      'ACCOUNT_ADAPTER has no effect: it names Python code',
      'USE_X_FORWARDED_HOST has no effect: PUBLIC_URL says which host browsers see',
      'HEADLESS_ADAPTER has no effect: it names Python code',
      'IDP_OIDC_ADAPTER has no effect: the server is no identity provider for other sites',
    ])
  })

  it('are no matter when they ask for what is so anyway', () => {
    assert.deepEqual(load({ HEADLESS_ONLY: true }).warnings, [])
    assert.deepEqual(loadSettings({ environment: { HEADLESS_ONLY: '1' } }).warnings, [])
    assert.match(load({ HEADLESS_ONLY: false }).warnings.join(), /HEADLESS_ONLY has no effect/)
    assert.deepEqual(load({ SESSION_SAVE_EVERY_REQUEST: false }).warnings, [])
  })

  it('say which setting does what was meant', () => {
    const saving = load({ SESSION_SAVE_EVERY_REQUEST: true }).warnings.join()
    assert.match(saving, /SESSION_SAVE_EVERY_REQUEST has no effect: .*SESSION_IDLE_TIMEOUT/)
    const remembering = load({ ACCOUNT_SESSION_REMEMBER: false }).warnings.join()
    assert.match(remembering, /SESSION_REMEMBER has no effect: .*SESSION_EXPIRE_AT_BROWSER_CLOSE/)
  })
})

describe('the loaded settings', () => {
  it('are frozen to the last member and share nothing with what was given', () => {
    const providers = { github: { APPS: [{ client_id: 'a' }] } }
    const { settings } = load({ socialaccount: { providers } })
    assertFrozen(settings)
    assert.ok(!Object.isFrozen(providers.github))
    providers.github.APPS.push({ client_id: 'b' })
    assert.deepEqual(settings.socialaccount.providers, { github: { APPS: [{ client_id: 'a' }] } })
    assert.ok(!Object.isFrozen(defaults.account))
  })

  it('keep functions among the providers', () => {
    const hook = () => 'a'
    const { settings } = load({ socialaccount: { providers: { acme: { hook } } } })
    assert.deepEqual(settings.socialaccount.providers, { acme: { hook } })
  })
})

function assertFrozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  assert.ok(Object.isFrozen(value))
  for (const member of Object.values(value)) assertFrozen(member)
}
