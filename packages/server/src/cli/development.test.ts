import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { loadSettings } from '../settings/load.ts'
import { withDevelopmentLinks } from './development.ts'

function links(overrides: object) {
  return withDevelopmentLinks(loadSettings({ overrides }).settings).headless.frontendUrls
}

describe('the links in mails of a development server', () => {
  it('lead to its own pages', () => {
    const { account_confirm_email, account_signup } = links({ PORT: 8123, PORTAL_PATH: '/auth/' })
    assert.equal(account_confirm_email, 'http://localhost:8123/auth/verify-email/{key}')
    assert.equal(account_signup, 'http://localhost:8123/auth/signup')
  })

  it('lead where the settings say, if they do', () => {
    const own = { account_signup: 'https://app.example.test/join' }
    assert.equal(links({ HEADLESS_FRONTEND_URLS: own }).account_signup, own.account_signup)
    const { account_signup } = links({ PUBLIC_URL: 'https://auth.example.test' })
    assert.equal(account_signup, 'https://auth.example.test/signup')
  })

  it('are not made up without a portal, or for a port that is not known', () => {
    for (const settings of [{ PORTAL_ENABLED: false }, { PORT: 0 }]) {
      assert.deepEqual(links(settings), {})
    }
  })
})
