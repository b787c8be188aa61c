import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { orcid } from './orcid.ts'

describe('orcid', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://info.orcid.org/documentation/api-tutorials/api-tutorial-read-data-on-a-record/
    const person = {
      name: { 'given-names': { value: 'Sofia' }, 'family-name': { value: 'Garcia' } },
      emails: { email: [{ email: 's.garcia@example.org', verified: true, primary: true }] },
    }
    const record = { 'orcid-identifier': { path: '0000-0001-2345-6789' }, person }
    const profile = { orcid: '0000-0001-2345-6789', name: 'Sofia Garcia', record }
    assert.deepEqual(orcid.readProfile(profile, {}), {
      uid: '0000-0001-2345-6789',
      emails: [{ email: 's.garcia@example.org', isVerified: true, isPrimary: true }],
      name: 'Sofia Garcia',
      givenName: 'Sofia',
    })
  })

  it('does without the record', () => {
    const profile = { orcid: '0000-0001-2345-6789', name: 'Sofia Garcia', record: undefined }
    assert.deepEqual(orcid.readProfile(profile, {}), {
      uid: '0000-0001-2345-6789',
      emails: [],
      name: 'Sofia Garcia',
      givenName: undefined,
    })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => orcid.readProfile({ name: 'Sofia Garcia' }, {}), /orcid/)
  })

  it('has the addresses of the domain and the API that the settings name', () => {
    assert.equal(orcid.endpoints({}).profile, 'https://pub.orcid.org/v3.0')
    const { profile } = orcid.endpoints({ base_domain: 'sandbox.orcid.org', member_api: true })
    assert.equal(profile, 'https://api.sandbox.orcid.org/v3.0')
  })

  it('takes the id from the token, with the record or without', async () => {
    const tokens = { orcid: '0000-0001-2345-6789', name: 'Sofia Garcia' }
    const record = { person: {} }
    const url = 'https://pub.orcid.org/v3.0/0000-0001-2345-6789/record'
    const fetchProfile = (answers: Record<string, unknown>) =>
      orcid.fetchProfile?.(fakeProvider(answers, { tokens }).api, orcid.endpoints({}))
    assert.deepEqual(await fetchProfile({ [url]: record }), { ...tokens, record })
    assert.deepEqual(await fetchProfile({}), { ...tokens, record: undefined })
  })
})
