import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { signIn } from '../testing/signed-in.ts'
import { knownEventTypes } from './events.ts'

const password = 'correct horse battery'
const ann = { email: 'ann@example.org', password }

/** The events without what differs from run to run, oldest first, as `type of ann: {…}`. */
async function told({ server }: TestAuth): Promise<string[]> {
  const rows = await server.db
    .selectFrom('events')
    .leftJoin('users', 'users.id', 'events.user_id')
    .select(['events.type', 'users.username', 'events.data'])
    .orderBy('events.seq')
    .execute()
  return rows.map(({ type, username, data }) => `${type} of ${username}: ${data}`)
}

const failed = (reason = '') => `login_failed of ann: {"method":"password"${reason}}`

describe('an event is written', () => {
  it.each(knownEventTypes)('%s somewhere', (type) => {
    const src = join(import.meta.dirname, '..')
    const files = globSync('**/*.ts', { cwd: src }).filter(
      (file) => !/^(events|settings)\/|\.test\.ts$|testing\//.test(file),
    )
    assert.ok(files.some((file) => readFileSync(join(src, file), 'utf8').includes(`'${type}'`)))
  })

  it('for a wrong password, with the account if it can only be one', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    await auth.client('app').post('auth/login', { ...ann, password: 'wrong horse' })
    await auth.client('app').post('auth/login', { email: 'eve@example.org', password })
    assert.deepEqual(await told(auth), [failed(), 'login_failed of null: {"method":"password"}'])
  })

  it('for the right password of an account that is not active', async () => {
    await using auth = await createTestAuth({ users: [{ ...ann, is_active: false }] })
    await auth.client('app').post('auth/login', ann)
    assert.deepEqual(await told(auth), [failed(',"reason":"inactive"')])
  })

  it('for authenticating again, whether or not it is right', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signIn(auth, ann)
    await client.post('auth/reauthenticate', { password: 'wrong horse' })
    await client.post('auth/reauthenticate', { password })
    assert.deepEqual((await told(auth)).slice(1), [
      failed(),
      'reauthenticated of ann: {"method":"password"}',
    ])
  })

  it.each([
    [false, []],
    [true, ['logged_out of ann: {}']],
  ])(
    'for the sessions that a change of the password ends (own one: %s)',
    async (isLogout, more) => {
      await using auth = await createTestAuth({
        users: [ann],
        settings: { ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE: isLogout },
      })
      await signIn(auth, ann)
      await signIn(auth, ann)
      const client = await signIn(auth, ann)
      const change = { current_password: 'wrong horse', new_password: 'tidy walrus ninety' }
      await client.post('account/password/change', change)
      await client.post('account/password/change', { ...change, current_password: password })
      assert.deepEqual((await told(auth)).slice(3), [
        failed(),
        'password_changed of ann: {}',
        ...more,
        'sessions_ended of ann: {"count":2}',
      ])
    },
  )

  it('for a wrong code that was mailed, also where nobody was sent one', async () => {
    await using auth = await createTestAuth({
      users: [ann],
      settings: { ACCOUNT_LOGIN_BY_CODE_ENABLED: true },
    })
    for (const email of [ann.email, 'eve@example.org']) {
      const client = auth.client('app')
      await client.post('auth/code/request', { email })
      await client.post('auth/code/confirm', { code: 'wrong' })
    }
    const wrong = (whose: string | null) => `code_failed of ${whose}: {"purpose":"login"}`
    assert.deepEqual(await told(auth), [wrong('ann'), wrong(null)])
  })
})
