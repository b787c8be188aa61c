import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createClient, LatchkeyError } from '../src/index.ts'
import { ann, gate, startServer } from './testing/server.ts'

const json = { 'content-type': 'application/json' }

async function errorOf(call: Promise<unknown>): Promise<LatchkeyError> {
  const error = await call.then(
    () => assert.fail('expected an error'),
    (it: unknown) => it,
  )
  assert.ok(error instanceof LatchkeyError)
  return error
}

describe('a call without an answer', () => {
  it('is `aborted` by its signal, before and while it is sent', async () => {
    await using server = await startServer()
    const client = server.app()
    const before = await errorOf(client.getSession(undefined, { signal: AbortSignal.abort() }))
    assert.equal(before.code, 'aborted')
    assert.equal(server.seen.length, 0)
    const { opened, open } = gate()
    const controller = new AbortController()
    server.before = () => {
      controller.abort()
      return opened
    }
    const call = client.getSession(undefined, { signal: controller.signal })
    assert.equal((await errorOf(call)).code, 'aborted')
    open()
    assert.deepEqual(client.state, { status: 'unknown' })
  })

  it('is a `timeout` after its time, also where the answer stops halfway', async () => {
    await using server = await startServer()
    const { opened, open } = gate()
    server.before = () => opened
    const slow = await errorOf(server.app({ timeout: 50 }).getSession())
    assert.equal(slow.code, 'timeout')
    open()
    const halfway: typeof fetch = async (_input, init) => {
      const body = new ReadableStream({
        start(controller) {
          init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
        },
      })
      return new Response(body, { headers: json })
    }
    const client = createClient({ url: server.url, timeout: 50, fetch: halfway })
    assert.equal((await errorOf(client.getSession())).code, 'timeout')
  })

  it('has all the time there is, where that is wanted', async () => {
    await using server = await startServer()
    assert.equal((await server.app({ timeout: Infinity }).getSession()).status, 401)
  })

  it('is `network` where nobody is there', async () => {
    const client = createClient({ url: 'http://127.0.0.1:1', kind: 'app' })
    const error = await errorOf(client.getSession())
    assert.equal(error.code, 'network')
    assert.ok(error.cause instanceof Error)
    assert.equal(error.status, undefined)
  })

  it('is `unavailable` with the time to wait for 502, 503 and 504', async () => {
    await using server = await startServer()
    for (const status of [502, 503, 504]) {
      server.before = () => ({ status, headers: { 'retry-after': '5', 'x-request-id': 'r' } })
      const error = await errorOf(server.app().getSession())
      assert.deepEqual(
        [error.code, error.status, error.retryAfterSeconds, error.requestId],
        ['unavailable', status, 5, 'r'],
      )
    }
  })

  it('is `unexpected` for 500, for what is no JSON, and for half of it', async () => {
    await using server = await startServer()
    const answers = [
      { status: 500, headers: json, body: '{"status":500}' },
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Welcome to the hotel' },
      { status: 200, headers: json, body: '{"status":' },
      { status: 404, body: 'There is nothing here.' },
    ]
    for (const answer of answers) {
      server.before = () => answer
      const error = await errorOf(server.app({ fetch }).getSession())
      assert.deepEqual([error.code, error.status], ['unexpected', answer.status])
    }
  })

  it('is told by the state while nothing is known, until there is an answer', async () => {
    await using server = await startServer()
    const client = server.app()
    server.before = () => ({ status: 503 })
    const error = await errorOf(client.getSession())
    assert.deepEqual(client.state, { status: 'unknown', failure: error })
    server.before = () => undefined
    await client.getSession()
    assert.equal(client.state.status, 'signed-out')
    server.before = () => ({ status: 503 })
    await errorOf(client.getSession())
    assert.equal(client.state.status, 'signed-out')
  })
})

describe('a limit', () => {
  it('is an answer, with the time to wait', async () => {
    await using server = await startServer({ ACCOUNT_RATE_LIMITS: { login: '1/m/ip' } })
    const client = server.app()
    await client.logIn({ email: ann.email, password: 'wrong' })
    const answer = await client.logIn({ email: ann.email, password: ann.password })
    assert.equal(answer.status, 429)
    assert.ok((answer.retryAfterSeconds ?? 0) > 0)
  })
})

describe('a browser without the token against forged requests', () => {
  it('is refused after a second try, with `forbidden`', async () => {
    await using server = await startServer()
    // Outside of a page there are no cookies, so there is no token.
    const client = createClient({ url: server.url, kind: 'browser' })
    const error = await errorOf(client.logIn({ email: ann.email, password: ann.password }))
    assert.deepEqual([error.code, error.status], ['forbidden', 403])
    assert.equal(server.count('POST auth/login'), 2)
  })
})
