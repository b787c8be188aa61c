import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { cookieWarnings } from './cookie-checks.ts'
import { loadSettings } from './load.ts'

const https = { PUBLIC_URL: 'https://auth.example.com' }
const http = { PUBLIC_URL: 'http://auth.example.com' }
const proxied = { SECURE_PROXY_SSL_HEADER: ['X-Forwarded-Proto', 'https'] }
const elsewhere = { CSRF_TRUSTED_ORIGINS: ['https://app.example.net'] }
const nearby = { CSRF_TRUSTED_ORIGINS: ['https://app.example.com'] }
const trusting = { MFA_TRUST_ENABLED: true }

function warningsFor(overrides: object): Promise<string[]> {
  return cookieWarnings(loadSettings({ overrides }).settings)
}

/** Settings, the names that are blamed, and what is said: one warning each. */
const broken: [given: object, names: string, said: RegExp][] = [
  [{ SESSION_COOKIE_DOMAIN: '127.0.0.1' }, 'SESSION_COOKIE_DOMAIN', /no hosts below 127\.0\.0\.1/],
  [{ CSRF_COOKIE_DOMAIN: 'localhost' }, 'CSRF_COOKIE_DOMAIN', /no hosts below localhost/],
  [{ SESSION_COOKIE_DOMAIN: 'vercel.app' }, 'SESSION_COOKIE_DOMAIN', /below vercel\.app .*suffix/],
  [{ SESSION_COOKIE_DOMAIN: '.GitHub.io' }, 'SESSION_COOKIE_DOMAIN', /below github\.io .*suffix/],
  [
    { PUBLIC_URL: 'https://shop.co.uk', SESSION_COOKIE_DOMAIN: 'co.uk' },
    'SESSION_COOKIE_DOMAIN',
    /below co\.uk .*suffix/,
  ],
  [
    { ...https, SESSION_COOKIE_DOMAIN: 'example.net', CSRF_COOKIE_DOMAIN: 'example.net' },
    'SESSION_COOKIE_DOMAIN, CSRF_COOKIE_DOMAIN',
    /auth\.example\.com \(PUBLIC_URL\) is not example\.net nor below it/,
  ],
  [
    { ...https, SESSION_COOKIE_DOMAIN: 'ample.com' },
    'SESSION_COOKIE_DOMAIN',
    /is not ample\.com nor below it/,
  ],
  [
    { ...http, SESSION_COOKIE_SAMESITE: 'None' },
    'SESSION_COOKIE_SAMESITE, SESSION_COOKIE_SECURE',
    /"None" that is not Secure/,
  ],
  [
    { ...https, CSRF_COOKIE_SAMESITE: 'None', CSRF_COOKIE_SECURE: false },
    'CSRF_COOKIE_SAMESITE, CSRF_COOKIE_SECURE',
    /"None" that is not Secure/,
  ],
  [
    { SESSION_COOKIE_SAMESITE: 'None', SESSION_COOKIE_SECURE: false },
    'SESSION_COOKIE_SAMESITE, SESSION_COOKIE_SECURE',
    /"None" that is not Secure/,
  ],
  [{ ...http, SESSION_COOKIE_SECURE: true }, 'SESSION_COOKIE_SECURE', /comes by http/],
  [
    { ...https, SESSION_COOKIE_NAME: '__Host-sid', SESSION_COOKIE_PATH: '/_allauth' },
    'SESSION_COOKIE_NAME',
    /"__Host-"/,
  ],
  [
    { ...https, CSRF_COOKIE_NAME: '__host-csrf', CSRF_COOKIE_DOMAIN: 'example.com' },
    'CSRF_COOKIE_NAME',
    /"__Host-"/,
  ],
  [
    { ...http, SESSION_COOKIE_NAME: '__Host-sid' },
    'SESSION_COOKIE_NAME',
    /"__Host-" unless it is Secure/,
  ],
  [
    { SESSION_COOKIE_NAME: '__Host-sid', SESSION_COOKIE_PATH: '/_allauth' },
    'SESSION_COOKIE_NAME',
    /has the path "\/"/,
  ],
  [
    { ...http, SESSION_COOKIE_NAME: '__Secure-sid' },
    'SESSION_COOKIE_NAME',
    /"__Secure-" unless it is Secure/,
  ],
  [
    { ...https, ...elsewhere },
    'SESSION_COOKIE_SAMESITE, CSRF_COOKIE_SAMESITE',
    /do not send .*https:\/\/app\.example\.net \(CSRF_TRUSTED_ORIGINS\)/,
  ],
  [
    { PUBLIC_URL: 'https://api.vercel.app', CSRF_TRUSTED_ORIGINS: ['https://app.vercel.app'] },
    'SESSION_COOKIE_SAMESITE, CSRF_COOKIE_SAMESITE',
    /do not send .*https:\/\/app\.vercel\.app/,
  ],
  [
    { ...https, HEADLESS_FRONTEND_URLS: { account_signup: 'https://app.example.net/signup' } },
    'SESSION_COOKIE_SAMESITE, CSRF_COOKIE_SAMESITE',
    /https:\/\/app\.example\.net \(HEADLESS_FRONTEND_URLS\): serve both/,
  ],
  [
    { ...https, CSRF_TRUSTED_ORIGINS: ['https://*.example.net'] },
    'SESSION_COOKIE_SAMESITE, CSRF_COOKIE_SAMESITE',
    /https:\/\/\*\.example\.net/,
  ],
  [
    { PUBLIC_URL: 'http://localhost:8000', CSRF_TRUSTED_ORIGINS: ['http://127.0.0.1:3000'] },
    'SESSION_COOKIE_SAMESITE, CSRF_COOKIE_SAMESITE',
    /http:\/\/127\.0\.0\.1:3000/,
  ],
  [
    {
      ...https,
      ...elsewhere,
      SESSION_COOKIE_SAMESITE: 'None',
      CSRF_COOKIE_SAMESITE: 'None',
    },
    'SESSION_COOKIE_SAMESITE, CSRF_COOKIE_SAMESITE',
    /Safari and Firefox block third-party cookies/,
  ],
  [{ SESSION_COOKIE_PATH: '/auth' }, 'SESSION_COOKIE_PATH', /send the cookie to \/auth alone/],
  [{ SESSION_COOKIE_PATH: '/_allau' }, 'SESSION_COOKIE_PATH', /send the cookie to \/_allau alone/],
  [{ CSRF_COOKIE_PATH: '/_allauth/browser' }, 'CSRF_COOKIE_PATH', /pages read the token/],
  [
    { ...https, ...nearby },
    'CSRF_COOKIE_DOMAIN',
    /https:\/\/app\.example\.com \(CSRF_TRUSTED_ORIGINS\) can not read .* set it to \.example\.com,/,
  ],
  [{ ...https, ...nearby, CSRF_COOKIE_DOMAIN: 'auth.example.com' }, 'CSRF_COOKIE_DOMAIN', /403/],
  // Of the session browsers send the cookie, and pages need not read it.
  [{ ...https, ...nearby, SESSION_COOKIE_DOMAIN: 'example.com' }, 'CSRF_COOKIE_DOMAIN', /403/],
  [
    { PUBLIC_URL: 'https://shop.co.uk', CSRF_TRUSTED_ORIGINS: ['https://*.shop.co.uk'] },
    'CSRF_COOKIE_DOMAIN',
    /https:\/\/\*\.shop\.co\.uk .*set it to \.shop\.co\.uk,/,
  ],
  [
    { ...https, HEADLESS_FRONTEND_URLS: { account_signup: 'https://example.com/signup' } },
    'CSRF_COOKIE_DOMAIN',
    /https:\/\/example\.com \(HEADLESS_FRONTEND_URLS\) can not read/,
  ],
  [{ CSRF_COOKIE_HTTPONLY: true }, 'CSRF_COOKIE_HTTPONLY', /no other way to get it/],
  [{ SESSION_COOKIE_AGE: 34_560_001 }, 'SESSION_COOKIE_AGE', /no cookie for longer than 400 days/],
  [{ CSRF_COOKIE_AGE: 63_072_000 }, 'CSRF_COOKIE_AGE', /no cookie for longer than 400 days/],
  [
    { ...trusting, MFA_TRUST_COOKIE_AGE: 63_072_000 },
    'MFA_TRUST_COOKIE_AGE',
    /no cookie for longer than 400 days/,
  ],
  [
    { ...https, ...trusting, MFA_TRUST_COOKIE_DOMAIN: 'example.net' },
    'MFA_TRUST_COOKIE_DOMAIN',
    /is not example\.net/,
  ],
  // What trusted browsers take over from the session is said of the session alone.
  [{ ...trusting, SESSION_COOKIE_PATH: '/auth' }, 'SESSION_COOKIE_PATH', /set the path to "\/"/],
  [
    { ...https, ...trusting, ...elsewhere, CSRF_COOKIE_SAMESITE: false },
    'SESSION_COOKIE_SAMESITE, CSRF_COOKIE_SAMESITE',
    /do not send/,
  ],
]

describe('cookieWarnings', () => {
  it.each(broken)('%j: %s', async (given, names, said) => {
    const warnings = await warningsFor(given)
    assert.equal(warnings.length, 1, warnings.join('\n'))
    const [warning = ''] = warnings
    assert.equal(warning.slice(0, warning.indexOf(':')), names)
    assert.match(warning, said)
  })

  it.each<object>([
    {},
    https,
    { PUBLIC_URL: 'http://localhost:8000', CSRF_TRUSTED_ORIGINS: ['http://localhost:3000'] },
    { PUBLIC_URL: 'http://localhost:8000', SESSION_COOKIE_SECURE: true },
    // One host, whatever the port; and pages that hand the API on, from below their own origin.
    { ...https, CSRF_TRUSTED_ORIGINS: ['https://auth.example.com:8443'] },
    {
      PUBLIC_URL: 'https://app.example.com',
      ...nearby,
      HEADLESS_FRONTEND_URLS: { account_signup: 'https://app.example.com/shop/signup' },
    },
    { ...https, ...nearby, CSRF_COOKIE_DOMAIN: 'example.com' },
    { ...https, ...nearby, HEADLESS_CLIENTS: ['app'] },
    nearby,
    {
      ...https,
      ...trusting,
      SESSION_COOKIE_DOMAIN: '.example.com',
      CSRF_COOKIE_DOMAIN: 'example.com',
      CSRF_TRUSTED_ORIGINS: ['https://app.example.com', 'https://*.example.com'],
      HEADLESS_FRONTEND_URLS: {
        account_confirm_email: 'https://www.example.com/verify/{key}',
        account_signup: 'acme-app://signup',
        account_reset_password: '/reset',
      },
    },
    { PUBLIC_URL: 'https://shop.co.uk', SESSION_COOKIE_DOMAIN: 'shop.co.uk' },
    { PUBLIC_URL: 'https://acme.vercel.app', SESSION_COOKIE_NAME: '__Host-sid' },
    { ...https, CSRF_COOKIE_NAME: '__Secure-csrf', SESSION_COOKIE_SAMESITE: 'None' },
    { ...proxied, SESSION_COOKIE_SAMESITE: 'None', SESSION_COOKIE_NAME: '__Secure-sid' },
    { ...http, ...proxied, SESSION_COOKIE_SECURE: true },
    // Nothing says whether it is https, and each connection decides.
    { SESSION_COOKIE_SAMESITE: 'None', SESSION_COOKIE_NAME: '__Host-sid' },
    { CSRF_COOKIE_NAME: '__Secure-csrf' },
    { SESSION_COOKIE_PATH: '/_allauth/' },
    { SESSION_COOKIE_AGE: 34_560_000 },
    { SESSION_COOKIE_AGE: 63_072_000, SESSION_EXPIRE_AT_BROWSER_CLOSE: true },
    { MFA_TRUST_COOKIE_AGE: 63_072_000 },
    { ...https, ...elsewhere, HEADLESS_CLIENTS: ['app'] },
    elsewhere,
  ])('has nothing to say of %j', async (given) => {
    assert.deepEqual(await warningsFor(given), [])
  })
})
