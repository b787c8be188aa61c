import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, startPortal } from './portal.ts'
import { at } from './steps.ts'

let browser: Browser
let portal: Portal

beforeAll(async () => {
  browser = await launchChromium()
  portal = await startPortal({
    ACCOUNT_SIGNUP_FIELDS: ['email*', 'email2*', 'username', 'phone', 'password1*', 'password2*'],
    ACCOUNT_LOGIN_METHODS: ['email', 'username', 'phone'],
    ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
    MFA_SUPPORTED_TYPES: ['totp', 'recovery_codes', 'webauthn'],
    MFA_PASSKEY_LOGIN_ENABLED: true,
    PORTAL_TERMS_URL: '/terms',
    PORTAL_PRIVACY_URL: '/privacy',
  })
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const logIn = {
  'de-AT': 'Anmelden',
  'fr-CA': 'Se connecter',
  'es-MX': 'Iniciar sesión',
  'ar-EG': 'تسجيل الدخول',
  'nl-NL': 'Log in',
}

const paths = ['/login', '/signup', '/login/code', '/password/reset', '/login/error']

describe('the languages of the pages', () => {
  for (const [locale, heading] of Object.entries(logIn)) {
    it(`${locale}: speaks it, and everything fits`, async () => {
      const page = await openPage(browser, portal, { path: '/login', locale })
      await at(page, heading)
      const { lang, dir } = await page.evaluate(() => {
        const { lang, dir } = document.documentElement
        return { lang, dir }
      })
      assert.equal(lang, locale === 'nl-NL' ? 'en' : locale.slice(0, 2))
      assert.equal(dir, locale === 'ar-EG' ? 'rtl' : 'ltr')
      for (const path of lang === 'en' ? [] : paths) {
        await page.goto(portal.url + path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await checkPage(page)
      }
      await page.context().close()
      assert.deepEqual(portal.faults, [])
    })
  }

  it('keeps the language that somebody chose, and tells the server', async () => {
    const page = await openPage(browser, portal, { path: '/login' })
    await page.getByLabel('Language').selectOption('de')
    await at(page, 'Anmelden')
    await page.reload()
    await at(page, 'Anmelden')
    const asked = page.waitForRequest('**/auth/login')
    await page.getByLabel('E-Mail-Adresse, Telefonnummer').fill('ann@example.org')
    await page.getByLabel('Passwort', { exact: true }).fill('correct horse battery')
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
    // Mails go by this.
    assert.equal((await asked).headers()['accept-language'], 'de')
    await page.context().close()
  })
})
