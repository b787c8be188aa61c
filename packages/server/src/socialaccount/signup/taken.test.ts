import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { TestClient } from '../../testing/client.ts'
import { count, createSocialAuth, handOver } from '../testing/social.ts'

const { errors, pending } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }

describe('a provider that tells an address which is taken', () => {
  // What is asked of those who come from a provider says nothing of what signup tells to everybody.
  it('is answered like a signup by form, whatever is asked of those who come from a provider', async () => {
    for (const [account, social, expected] of [
      ['mandatory', 'none', 'verify_email'],
      ['optional', 'mandatory', 'provider_signup'],
    ] as const) {
      const settings = {
        ACCOUNT_EMAIL_VERIFICATION: account,
        SOCIALACCOUNT_EMAIL_VERIFICATION: social,
      }
      await using auth = await createSocialAuth(settings, { users: [ann] })
      const token = await auth.idp.idToken({ sub: '1', email: ann.email, email_verified: true })
      const client = auth.client('app')
      assert.equal(pending(await handOver(client, token)), expected)
      assert.equal(await count(auth, 'users'), 1)
      if (expected === 'verify_email') continue
      const answer = await client.post('auth/provider/signup', { email: ann.email })
      assert.deepEqual(errors(answer), ['email_taken@email'])
    }
  })
})
