import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'

const settings = { ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
const victim = 'vic@example.org'
const attackersPassword = 'mallory knows this one'

function codeIn(mail: string): string {
  return /^[A-Z]{4}-[A-Z]{4}$/m.exec(mail)?.[0] ?? ''
}

describe('an account that a stranger signed up with somebody else’s address', () => {
  it('is the owner’s alone once the owner has logged in by code', async () => {
    await using auth = await createTestAuth({ settings })
    const mallory = auth.client('app')
    const body = { email: victim, password: attackersPassword }
    assert.equal((await mallory.post('auth/signup', body)).status, 200)
    const vic = auth.client('app')
    await vic.post('auth/code/request', { email: victim })
    const code = codeIn(await auth.mailTo(victim))
    assert.equal((await vic.post('auth/code/confirm', { code })).status, 200)

    // The stranger is signed out, and the password alone opens nothing any more.
    assert.equal((await mallory.get('auth/session')).status, 401)
    const again = await auth.client('app').post('auth/login', body)
    assert.equal(again.status, 401)
    assert.equal(TestClient.pending(again), 'login_by_code')
    assert.equal((await vic.get('auth/session')).status, 200)
  })

  it('takes the password again once it was given together with a mailed code', async () => {
    await using auth = await createTestAuth({ settings })
    const password = 'correct horse battery'
    await auth.client('app').post('auth/signup', { email: victim, password })
    const client = auth.client('app')
    await client.post('auth/code/request', { email: victim })
    await client.post('auth/code/confirm', { code: codeIn(await auth.mailTo(victim)) })
    const second = auth.client('app')
    assert.equal((await second.post('auth/login', { email: victim, password })).status, 401)
    const confirmed = await second.post('auth/code/confirm', {
      code: codeIn(await auth.mailTo(victim)),
    })
    assert.equal(confirmed.status, 200)
    const third = await auth.client('app').post('auth/login', { email: victim, password })
    assert.equal(third.status, 200)
  })
})
