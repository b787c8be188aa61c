import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { loadSettings } from './load.ts'
import { SettingsError } from './settings-error.ts'

function load(overrides: object) {
  return loadSettings({ overrides }).settings
}

function refused(overrides: object): string {
  try {
    load(overrides)
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.join('\n')
    throw error
  }
  return ''
}

describe('PORTAL_PATH', () => {
  it('ends in a slash, however it was given', () => {
    for (const [given, path] of [
      ['/', '/'],
      ['/auth', '/auth/'],
      ['/auth/', '/auth/'],
      ['/my-site/auth.v2/', '/my-site/auth.v2/'],
    ]) {
      assert.equal(load({ PORTAL_PATH: given }).portal.path, path)
    }
  })

  it.each([
    '',
    'auth/',
    '//evil.example/',
    '/a//b/',
    '/../',
    '/a/../b/',
    '/a b/',
    '/"><script>/',
    '/_allauth/',
    '/_latchkey/portal/',
    '/_dev/',
    '/.well-known/',
    '/health/',
    '/accounts/',
    'https://example.org/',
    7,
  ])('is not %j', (path) => {
    assert.match(refused({ PORTAL_PATH: path }), /^PORTAL_PATH/)
  })
})

describe('PORTAL_COLORS', () => {
  it.each([
    '#fff',
    '#FFFA',
    '#0a7b3c',
    '#0a7b3cff',
    'rgb(1, 2, 3)',
    'rgb(1 2 3 / 50%)',
    'hsl(210deg 40% 50%)',
    'oklch(60% 0.15 250)',
    'lab(50% -20 .5)',
  ])('takes %s', (accent) => {
    assert.deepEqual(load({ PORTAL_COLORS: { accent } }).portal.colors, { accent })
  })

  it.each([
    'red;} body{display:none',
    '#ggg',
    '#12345',
    'url(https://evil.example/)',
    'rgb(1,2)',
    'rgb(1 2 3) url(x)',
    'var(--x)',
    '',
    7,
    null,
    [],
    {},
    { light: '#fff', other: '#000' },
    { light: 'blue/*' },
  ])('refuses %j', (accent) => {
    assert.match(refused({ PORTAL_COLORS: { accent } }), /^PORTAL_COLORS/)
  })

  it('refuses what the pages do not paint', () => {
    assert.match(refused({ PORTAL_COLORS: { accents: '#fff' } }), /^PORTAL_COLORS/)
  })
})

describe('the links of the portal', () => {
  const names = ['LOGO', 'TERMS', 'PRIVACY', 'SUPPORT', 'AFTER_LOGIN'].map(
    (it) => `PORTAL_${it}_URL`,
  )

  it.each(names)('%s is an address or a path', (name) => {
    for (const url of ['https://example.org/x?y=1', 'http://localhost:3000/', '/terms', null]) {
      assert.equal(refused({ [name]: url }), '')
    }
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example/',
      '/\\evil.example',
      'terms',
      'https://name:word@example.org/',
      'https://example.org/ x',
      '',
    ]) {
      assert.match(refused({ [name]: url }), new RegExp(`^${name}`), String(url))
    }
  })
})

describe('HEADLESS_FRONTEND_URLS with the portal', () => {
  const publicUrl = 'https://auth.example.test'
  const own = { account_signup: 'https://app.example.test/join' }

  it('leads to the portal where the public URL is known and no page is given', () => {
    const { frontendUrls } = load({
      PUBLIC_URL: publicUrl,
      PORTAL_PATH: '/auth/',
      HEADLESS_FRONTEND_URLS: own,
    }).headless
    assert.deepEqual(frontendUrls, {
      account_confirm_email: `${publicUrl}/auth/verify-email/{key}`,
      account_reset_password: `${publicUrl}/auth/password/reset`,
      account_reset_password_from_key: `${publicUrl}/auth/password/reset/{key}`,
      account_signup: own.account_signup,
      socialaccount_login_error: `${publicUrl}/auth/login/error`,
    })
  })

  it('stays as it is without a public URL, or without a portal', () => {
    for (const settings of [
      {},
      { PUBLIC_URL: publicUrl, PORTAL_ENABLED: false },
      { PUBLIC_URL: publicUrl, HEADLESS_CLIENTS: ['app'] },
    ]) {
      const { frontendUrls } = load({ ...settings, HEADLESS_FRONTEND_URLS: own }).headless
      assert.deepEqual(frontendUrls, own)
    }
  })
})

describe('a program around the server', () => {
  it('has no portal unless it asks for one', () => {
    const base = { PORTAL_ENABLED: false }
    assert.equal(loadSettings({ base }).settings.portal.enabled, false)
    const overrides = { portal: { enabled: true, path: '/auth/' } }
    assert.equal(loadSettings({ base, overrides }).settings.portal.enabled, true)
  })
})
