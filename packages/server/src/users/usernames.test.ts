import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { makeUsername, storedUsername } from './usernames.ts'

function make({ server }: TestAuth, email: string | null) {
  return makeUsername(server.db, server.settings.account, [email])
}

describe('makeUsername', () => {
  it('takes the local part of the address, without what usernames can not have', async () => {
    await using auth = await createTestAuth()
    const table = {
      'Nina@example.org': 'nina',
      'nina.m+x_y-z@example.org': 'nina.m+x_y-z',
      "o'hara!#$%@example.org": 'ohara',
      [`${'n'.repeat(200)}@example.org`]: 'n'.repeat(140),
    }
    for (const [email, username] of Object.entries(table)) {
      assert.equal(await make(auth, email), username)
    }
  })

  it('makes one up where nothing is left of the address, or there is none', async () => {
    await using auth = await createTestAuth()
    for (const email of ["'!#$%'@example.org", null]) {
      assert.match(String(await make(auth, email)), /^user[1-9]{3}$/)
    }
  })

  it('adds digits where it is taken in any case', async () => {
    const users = [{ username: 'NINA', email: 'other@example.org' }]
    await using auth = await createTestAuth({ users })
    for (let n = 0; n < 20; n += 1) {
      assert.match(String(await make(auth, 'nina@example.org')), /^nina[1-9]+$/)
    }
  })

  it('makes none that is forbidden or too short', async () => {
    const settings = { ACCOUNT_USERNAME_BLACKLIST: ['Admin'], ACCOUNT_USERNAME_MIN_LENGTH: 3 }
    await using auth = await createTestAuth({ settings })
    assert.match(String(await make(auth, 'admin@example.org')), /^admin[1-9]+$/)
    assert.match(String(await make(auth, 'me@example.org')), /^user[1-9]+$/)
  })

  it('finds one however many are taken', async () => {
    await using auth = await createTestAuth()
    for (let n = 0; n < 30; n += 1) {
      await auth.createUser({ email: `nina@example${n}.org` })
    }
    const rows = await auth.server.db.selectFrom('users').select('username_key').execute()
    assert.equal(new Set(rows.map((row) => row.username_key)).size, 30)
  })

  it('makes none where the settings know no usernames', async () => {
    const settings = { ACCOUNT_USER_MODEL_USERNAME_FIELD: null }
    await using auth = await createTestAuth({ settings })
    assert.equal(await make(auth, 'nina@example.org'), null)
    const { body } = await auth
      .client('app')
      .post('auth/signup', { email: 'nina@example.org', password: 'velvet-Otter-41' })
    assert.equal(body.data?.user?.display, 'nina@example.org')
    assert.equal(body.data?.user?.username, undefined)
  })
})

describe('storedUsername', () => {
  it('keeps the case, unless the settings fold it', async () => {
    await using keeping = await createTestAuth()
    assert.equal(storedUsername('NiNa', keeping.server.settings.account), 'NiNa')
    await using folding = await createTestAuth({
      settings: { ACCOUNT_PRESERVE_USERNAME_CASING: false },
    })
    assert.equal(storedUsername('NiNa', folding.server.settings.account), 'nina')
  })
})
