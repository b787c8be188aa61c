import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { type AuthState, memoryTokens } from '../src/index.ts'
import { ann, gate, startServer } from './testing/server.ts'

const cleo = { email: 'cleo@example.org', username: 'cleo', password: 'amber-Lantern-12' }
const byCode = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}

describe('an app', () => {
  it('signs somebody up, verifies the address, signs out and in again', async () => {
    await using server = await startServer(byCode, [])
    const tokens = memoryTokens()
    const client = server.app({ tokens })
    const states: AuthState['status'][] = [client.state.status]
    client.subscribe(() => states.push(client.state.status))

    const signup = await client.signUp(cleo)
    assert.equal(signup.status, 401)
    assert.equal(client.state.status, 'pending')
    assert.equal(client.state.pending.id, 'verify_email')

    const key = await server.auth.secretTo(cleo.email)
    const looked = await client.getEmailVerification({ key })
    assert.equal(looked.status, 200)
    assert.equal(looked.data.email, cleo.email)
    const verified = await client.verifyEmail({ key })
    assert.equal(verified.status, 200)
    assert.equal(verified.data.user.email, cleo.email)

    const out = await client.logOut()
    assert.equal(out.status, 401)
    for (const name of ['session', 'access', 'refresh'] as const) {
      assert.equal(await tokens.get(name), null)
    }
    assert.equal((await client.logIn({ email: cleo.email, password: cleo.password })).status, 200)
    assert.equal((await client.getSession()).status, 200)
    assert.deepEqual(states, ['unknown', 'pending', 'signed-in', 'signed-out', 'signed-in'])
  })

  it('tells what is wrong with the input', async () => {
    await using server = await startServer()
    const answer = await server.app().logIn({ email: ann.email, password: 'wrong' })
    assert.equal(answer.status, 400)
    assert.deepEqual(
      answer.errors.map(({ code, param }) => `${code}@${param}`),
      ['email_password_mismatch@password'],
    )
  })

  it('starts anew where its session is over, and says so in its state', async () => {
    await using server = await startServer()
    const tokens = memoryTokens()
    const client = server.app({ tokens })
    await client.logIn({ email: ann.email, password: ann.password })
    const other = server.app()
    await other.logIn({ email: ann.email, password: ann.password })
    const list = await other.listSessions()
    assert.equal(list.status, 200)
    await other.endSessions({
      sessions: list.data.filter((it) => !it.is_current).map(({ id }) => id),
    })

    const asked = server.seen.length
    const answer = await client.listEmailAddresses()
    assert.equal(answer.status, 401)
    assert.equal(client.state.status, 'signed-out')
    assert.equal(await tokens.get('session'), null)
    // The one that was told 410, and the one without a session.
    assert.equal(server.seen.length - asked, 2)
    assert.equal(server.seen.at(-1)?.headers['x-session-token'], undefined)
  })

  it('goes on with a session that another part of the program kept meanwhile', async () => {
    await using server = await startServer()
    const tokens = memoryTokens()
    const client = server.app({ tokens })
    tokens.set('session', 'made up')
    const fresh = server.app()
    await fresh.logIn({ email: ann.email, password: ann.password })
    const session = (await fresh.settings.tokens.get('session')) ?? ''
    server.before = () => {
      tokens.set('session', session)
      return undefined
    }
    assert.equal((await client.getSession()).status, 200)
    assert.equal(await tokens.get('session'), session)
  })

  it('keeps the new token of a changed password', async () => {
    await using server = await startServer()
    const client = server.app()
    await client.logIn({ email: ann.email, password: ann.password })
    const before = await client.settings.tokens.get('session')
    const changed = { current_password: ann.password, new_password: 'basalt-Otter-42' }
    assert.equal((await client.changePassword(changed)).status, 200)
    assert.notEqual(await client.settings.tokens.get('session'), before)
    assert.equal((await client.getSession()).status, 200)
  })

  it('is not signed out by an answer from before the login', async () => {
    await using server = await startServer({ HEADLESS_TOKEN_STRATEGY: 'jwt' })
    const client = server.app()
    const { opened, open } = gate()
    // The session is asked for first, and answered last.
    const slow: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (init?.method === 'GET') await opened
      return response
    }
    const late = server.app({ tokens: client.settings.tokens, fetch: slow })
    const asking = late.getSession()
    await late.logIn({ email: ann.email, password: ann.password })
    open()
    assert.equal((await asking).status, 401)
    assert.equal(late.state.status, 'signed-in')
    assert.notEqual(await client.settings.tokens.get('access'), null)
    assert.notEqual(await client.settings.tokens.get('refresh'), null)
  })
})
