import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { TestClient } from '../../testing/client.ts'
import { insertSocialAccount } from '../store.ts'
import { connectedOf, createSocialAuth, signedInBy, visit } from '../testing/social.ts'

const account = { provider: 'idp', account: '1' }

describe('DELETE account/providers', () => {
  it('leaves the last account by which somebody comes back', async () => {
    await using auth = await createSocialAuth()
    const client = await signedInBy(auth, '1')
    const { id: userId } = await auth.server.db
      .selectFrom('users')
      .select('id')
      .executeTakeFirstOrThrow()
    const gone = { userId, provider: 'gone', uid: '1', label: null }
    await insertSocialAccount(auth.server.db, gone, auth.clock.now)
    const refused = await client.delete('account/providers', account)
    assert.deepEqual(TestClient.errors(refused), ['no_password@-'])
    const as = { sub: '2', email: 'other@example.org', email_verified: true }
    await visit(auth, client, { as, provider: 'other', process: 'connect' })
    assert.equal((await client.delete('account/providers', account)).status, 200)
    assert.deepEqual((await connectedOf(client)).toSorted(), ['gone 1', 'other 2'])
  })
})
