import assert from 'node:assert/strict'
import { it } from 'vitest'
import { begin, locationOf } from '../../socialaccount/testing/social.ts'
import { createTestAuth } from '../../testing/auth.ts'

const answers: Readonly<Record<string, object>> = {
  'https://github.com/login/oauth/access_token': { access_token: 'token', token_type: 'bearer' },
  'https://api.github.com/user': { id: 1, login: 'ann' },
  'https://api.github.com/user/emails': [
    { email: 'ann@example.org', verified: true, primary: true },
  ],
}

it('takes the iss that GitHub sends along, though no issuer of it is known', async () => {
  await using auth = await createTestAuth({
    settings: {
      INSTALLED_APPS: ['allauth.socialaccount'],
      SOCIALACCOUNT_PROVIDERS: { github: { APP: { client_id: 'web', secret: 'secret' } } },
    },
    fetch: async (url) => Response.json(answers[String(url)]),
  })
  const client = auth.client('browser')
  const to = new URL(locationOf(await begin(client, { provider: 'github' })))
  const callback = new URLSearchParams({
    code: 'code',
    state: to.searchParams.get('state') ?? '',
    iss: 'https://github.com/login/oauth',
  })
  const answer = await client.get(`/accounts/github/login/callback/?${callback}`)
  assert.equal(locationOf(answer), '/back')
  assert.equal((await client.get('auth/session')).status, 200)
})
