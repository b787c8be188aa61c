import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { stripe } from './stripe.ts'

describe('stripe', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://docs.stripe.com/api/accounts/object
    const profile = {
      id: 'acct_1032D82eZvKYlo2C',
      object: 'account',
      business_profile: { name: 'Rocket Rides' },
      email: 'site@stripe.com',
      settings: { dashboard: { display_name: 'Stripe.com', timezone: 'US/Pacific' } },
    }
    assert.deepEqual(stripe.readProfile(profile, {}), {
      uid: 'acct_1032D82eZvKYlo2C',
      emails: [{ email: 'site@stripe.com', isVerified: false, isPrimary: true }],
      name: 'Stripe.com',
    })
  })

  it('falls back to the name of the business, and does without an address', () => {
    const profile = { id: 'acct_1', business_profile: { name: 'Rocket Rides' }, email: null }
    assert.deepEqual(stripe.readProfile(profile, {}), {
      uid: 'acct_1',
      emails: [],
      name: 'Rocket Rides',
    })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => stripe.readProfile({ email: 'site@stripe.com' }, {}), /id/)
  })

  it('asks for the account that the token is for', async () => {
    const account = { id: 'acct_1' }
    const answers = { 'https://api.stripe.com/v1/accounts/acct_1': account }
    const { api } = fakeProvider(answers, { tokens: { stripe_user_id: 'acct_1' } })
    assert.equal(await stripe.fetchProfile?.(api, stripe.endpoints({})), account)
  })
})
