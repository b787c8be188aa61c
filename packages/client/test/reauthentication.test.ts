import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { memoryTokens } from '../src/index.ts'
import { ann, bob, gate, startServer, type TestServer } from './testing/server.ts'

const required = { ACCOUNT_REAUTHENTICATION_REQUIRED: true, ACCOUNT_REAUTHENTICATION_TIMEOUT: 60 }
const another = { email: 'another@example.org' }

async function signedInLongAgo(server: TestServer) {
  const client = server.app()
  assert.equal((await client.logIn({ email: ann.email, password: ann.password })).status, 200)
  server.auth.clock.advance(61)
  return client
}

describe('a call that needs a new proof', () => {
  it('answers what is asked for, and the state says so, where nobody takes care', async () => {
    await using server = await startServer(required)
    const client = await signedInLongAgo(server)
    const answer = await client.addEmailAddress(another)
    assert.equal(answer.status, 401)
    assert.ok('user' in answer.data)
    assert.equal(client.state.status, 'reauthentication')
    assert.deepEqual(
      client.state.flows.map(({ id }) => id),
      ['reauthenticate'],
    )
  })

  it('goes on once the proof was given', async () => {
    await using server = await startServer(required)
    const client = await signedInLongAgo(server)
    client.onReauthentication(async ({ user, flows }) => {
      assert.equal(user.email, ann.email)
      assert.equal(flows[0]?.id, 'reauthenticate')
      assert.equal((await client.reauthenticate({ password: 'wrong' })).status, 400)
      return (await client.reauthenticate({ password: ann.password })).status === 200
    })
    const answer = await client.addEmailAddress(another)
    assert.equal(answer.status, 200)
    assert.deepEqual(
      answer.data.map(({ email }) => email).sort(),
      [ann.email, another.email].sort(),
    )
    assert.equal(client.state.status, 'signed-in')
  })

  it('waits for the same proof as the others that need one', async () => {
    await using server = await startServer(required)
    const client = await signedInLongAgo(server)
    let asked = 0
    client.onReauthentication(async () => {
      asked += 1
      return (await client.reauthenticate({ password: ann.password })).status === 200
    })
    const answers = await Promise.all([
      client.addEmailAddress(another),
      client.addEmailAddress({ email: 'third@example.org' }),
    ])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    )
    assert.equal(asked, 1)
  })

  it('is given up where the user declines, the caller aborts or the handler fails', async () => {
    await using server = await startServer(required)
    const client = await signedInLongAgo(server)
    client.onReauthentication(async () => false)
    assert.equal((await client.addEmailAddress(another)).status, 401)

    const { opened, open } = gate()
    client.onReauthentication(async () => {
      await opened
      return false
    })
    const { signal } = abortSoon()
    await assert.rejects(client.addEmailAddress(another, { signal }), { code: 'aborted' })
    open()
    await opened

    client.onReauthentication(async () => {
      throw new Error('the dialog broke')
    })
    await assert.rejects(client.addEmailAddress(another), /the dialog broke/)
    client.onReauthentication(null)
    assert.equal((await client.addEmailAddress(another)).status, 401)
  })

  it('is not asked again more than once, whatever the handler says', async () => {
    await using server = await startServer(required)
    const client = await signedInLongAgo(server)
    client.onReauthentication(async () => true)
    assert.equal((await client.addEmailAddress(another)).status, 401)
    assert.equal(server.count('POST account/email'), 2)
  })

  it('is no call of somebody who signed in instead', async () => {
    await using server = await startServer(required)
    const client = await signedInLongAgo(server)
    await client.logOut()
    await client.logIn({ email: bob.email, password: bob.password })
    assert.equal((await client.addEmailAddress(another)).status, 200)
  })

  it('is not made for somebody who signed in meanwhile, in another tab', async () => {
    await using server = await startServer(required)
    const tokens = memoryTokens()
    const [client, tab] = [server.app({ tokens }), server.app({ tokens })]
    await client.logIn({ email: ann.email, password: ann.password })
    server.auth.clock.advance(61)
    client.onReauthentication(async () => {
      await tab.logOut()
      await tab.logIn({ email: bob.email, password: bob.password })
      return (await client.getSession()).status === 200
    })
    assert.equal((await client.addEmailAddress(another)).status, 401)
    const listed = await tab.listEmailAddresses()
    assert.ok(listed.status === 200)
    assert.deepEqual(
      listed.data.map(({ email }) => email),
      [bob.email],
    )
  })
})

function abortSoon(): AbortController {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 50)
  return controller
}
