import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth } from '../testing/auth.ts'

async function portalUnder(
  settings: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  await using auth = await createTestAuth({ settings })
  const { status, body } = await auth.client('browser').get('latchkey:portal')
  assert.equal(status, 200)
  return body.data ?? {}
}

describe('GET portal', () => {
  it('tells anybody what pages show, without a session', async () => {
    await using auth = await createTestAuth()
    for (const kind of ['app', 'browser'] as const) {
      const client = auth.client(kind)
      const { body, headers } = await client.get('latchkey:portal')
      assert.equal(body.data?.name, 'Latchkey')
      assert.deepEqual(body.data.languages, ['en', 'de', 'fr', 'es', 'ar'])
      assert.deepEqual(body.data.signup_fields, [
        { name: 'email', is_required: true },
        { name: 'password', is_required: true },
      ])
      assert.equal(headers.get('cache-control')?.includes('no-store'), true)
      assert.equal(client.cookies.has('sessionid'), false)
    }
  })

  it('has the names and links of the settings, and none that are not set', async () => {
    const plain = await portalUnder({ SITE_NAME: 'Acme' })
    assert.equal(plain.name, 'Acme')
    for (const link of ['logo_url', 'terms_url', 'privacy_url', 'support_url', 'after_login_url']) {
      assert.equal(link in plain, false, link)
    }
    const full = await portalUnder({
      SITE_NAME: 'Acme',
      PORTAL_NAME: 'Acme accounts',
      PORTAL_LOGO_URL: 'https://cdn.example.test/logo.svg',
      PORTAL_TERMS_URL: 'https://example.test/terms',
      PORTAL_PRIVACY_URL: '/privacy',
      PORTAL_SUPPORT_URL: 'https://example.test/help',
      PORTAL_AFTER_LOGIN_URL: 'https://app.example.test/',
    })
    assert.equal(full.name, 'Acme accounts')
    assert.equal(full.logo_url, 'https://cdn.example.test/logo.svg')
    assert.equal(full.terms_url, 'https://example.test/terms')
    assert.equal(full.privacy_url, '/privacy')
    assert.equal(full.support_url, 'https://example.test/help')
    assert.equal(full.after_login_url, 'https://app.example.test/')
  })

  it('lists what the sign-up form asks for, in the names of the API', async () => {
    const { signup_fields } = await portalUnder({
      ACCOUNT_SIGNUP_FIELDS: ['email*', 'email2*', 'username', 'phone', 'password1*', 'password2*'],
    })
    assert.deepEqual(signup_fields, [
      { name: 'email', is_required: true },
      { name: 'email2', is_required: true },
      { name: 'username', is_required: false },
      { name: 'phone', is_required: false },
      { name: 'password', is_required: true },
      { name: 'password2', is_required: true },
    ])
  })

  it('knows the fewest characters of a password, whichever rule asks for them', async () => {
    const rule = (length: number) => [
      { NAME: 'MinimumLengthValidator', OPTIONS: { min_length: length } },
    ]
    const table: [Record<string, unknown>, number][] = [
      [{}, 8],
      [{ AUTH_PASSWORD_VALIDATORS: [] }, 6],
      [{ AUTH_PASSWORD_VALIDATORS: [], ACCOUNT_PASSWORD_MIN_LENGTH: 0 }, 1],
      [{ AUTH_PASSWORD_VALIDATORS: rule(12), ACCOUNT_PASSWORD_MIN_LENGTH: 9 }, 12],
      [{ AUTH_PASSWORD_VALIDATORS: rule(9), ACCOUNT_PASSWORD_MIN_LENGTH: 12 }, 12],
    ]
    for (const [settings, length] of table) {
      const { password_min_length } = await portalUnder(settings)
      assert.equal(password_min_length, length, JSON.stringify(settings))
    }
  })

  it('tells what users can have and do', async () => {
    const plain = await portalUnder()
    assert.deepEqual(
      [plain.has_phone_numbers, plain.has_passwords, plain.changes_email, plain.trust_enabled],
      [false, true, false, false],
    )
    assert.deepEqual([plain.can_delete_account, plain.can_export_account], [true, true])
    assert.deepEqual(plain.login_by_code_methods, [])
    assert.equal('max_email_addresses' in plain, false)
    const other = await portalUnder({
      ACCOUNT_LOGIN_METHODS: ['email', 'phone'],
      ACCOUNT_SIGNUP_FIELDS: ['email*', 'phone*', 'password1*'],
      ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
      ACCOUNT_LOGIN_BY_CODE_FORMAT: { numeric: true, length: 7 },
      ACCOUNT_MAX_EMAIL_ADDRESSES: 2,
      ACCOUNT_CHANGE_EMAIL: true,
      ACCOUNT_DELETION_ENABLED: false,
      ACCOUNT_EXPORT_ENABLED: false,
      MFA_TRUST_ENABLED: true,
      MFA_TOTP_DIGITS: 8,
    })
    assert.deepEqual(other.login_by_code_methods, ['email', 'phone'])
    assert.deepEqual(other.login_code, { length: 7, is_numeric: true })
    assert.deepEqual(
      [
        other.has_phone_numbers,
        other.changes_email,
        other.max_email_addresses,
        other.trust_enabled,
      ],
      [true, true, 2, true],
    )
    assert.deepEqual([other.can_delete_account, other.can_export_account], [false, false])
    assert.equal(other.totp_digits, 8)
  })

  it('tells whether codes can be sent again, and what they go to corrected', async () => {
    const members = [
      'login_by_code_supports_resend',
      'email_verification_supports_resend',
      'email_verification_supports_change',
      'phone_verification_supports_resend',
      'phone_verification_supports_change',
    ]
    const plain = await portalUnder()
    assert.deepEqual(
      members.filter((it) => plain[it] !== false),
      [],
    )
    for (const member of members) {
      const other = await portalUnder({ [`ACCOUNT_${member.toUpperCase()}`]: 1 })
      assert.deepEqual(
        members.filter((it) => other[it] === true),
        [member],
      )
    }
  })

  it('does not exist for a client that is off, nor below the other root', async () => {
    await using auth = await createTestAuth({ settings: { HEADLESS_CLIENTS: ['app'] } })
    const client = auth.client('app')
    assert.equal((await client.get('/_latchkey/browser/v1/portal')).status, 404)
    assert.equal((await client.get('/_allauth/app/v1/portal')).status, 404)
    assert.equal((await client.get('/_latchkey/app/v1/config')).status, 404)
    assert.equal((await client.get('/_latchkey/app/v1/portal')).status, 200)
  })

  it('answers OPTIONS and refuses other methods as the API does', async () => {
    await using auth = await createTestAuth()
    const client = auth.client('app')
    const { status, headers } = await client.request('OPTIONS', 'latchkey:portal', undefined)
    assert.equal(status, 200)
    assert.equal(headers.get('allow'), 'GET, HEAD, OPTIONS')
    assert.equal((await client.post('latchkey:portal')).status, 405)
  })
})
