import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { slack } from './slack.ts'

describe('slack', () => {
  // https://docs.slack.dev/reference/methods/openid.connect.token
  const claims = {
    iss: 'https://slack.com',
    sub: 'U0JM',
    'https://slack.com/team_id': 'T0RR',
    'https://slack.com/user_id': 'U0JM',
    email: 'bront@slack-corp.com',
    email_verified: true,
    name: 'brent',
    given_name: '',
  }

  it('reads claims as the documentation shows them', () => {
    assert.deepEqual(slack.readProfile?.(claims, {}), {
      uid: 'T0RR_U0JM',
      emails: [{ email: 'bront@slack-corp.com', isVerified: true, isPrimary: true }],
      username: undefined,
      name: 'brent',
      givenName: undefined,
    })
  })

  it.each(['https://slack.com/team_id', 'https://slack.com/user_id'])(
    'reads no profile without %s',
    (claim) => {
      assert.throws(() => slack.readProfile?.({ ...claims, [claim]: undefined }, {}), ProviderError)
    },
  )
})
