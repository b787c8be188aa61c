import assert from 'node:assert/strict'
import { describe, it, vi } from 'vitest'
import { bytesOf, toBase64url } from '../src/base64url.ts'
import { createClient, memoryTokens, stateOf, supportsPasskeys } from '../src/index.ts'
import { createStore } from '../src/state.ts'
import { written } from '../src/written.ts'

describe('written', () => {
  it('puts input into the body, a header or the query', () => {
    const post = written({ method: 'POST', path: 'a' }, { b: 1 }, { X: 'y' })
    assert.deepEqual(post, {
      target: 'a',
      init: {
        method: 'POST',
        headers: { X: 'y', 'Content-Type': 'application/json' },
        body: '{"b":1}',
      },
    })
    const key = written({ method: 'GET', path: 'a', keyHeader: 'K' }, { key: 'k' }, {})
    assert.deepEqual(key, { target: 'a', init: { method: 'GET', headers: { K: 'k' } } })
    const get = (input?: object) => written({ method: 'GET', path: 'a' }, input, {}).target
    assert.equal(get({ passwordless: true }), 'a?passwordless=1')
    assert.equal(get({ passwordless: false }), 'a')
    assert.equal(get({}), 'a')
    assert.equal(get(), 'a')
  })

  it('sends no body where there is no input', () => {
    const { init } = written({ method: 'POST', path: 'a' }, undefined, {})
    assert.deepEqual(init, { method: 'POST', headers: {} })
  })
})

describe('stateOf', () => {
  const user = { id: 'u', display: 'ann', has_usable_password: true }
  const flows = [{ id: 'login' }]

  it('reads an answer about the session, and no other', () => {
    assert.equal(stateOf({ status: 200, data: [] }), undefined)
    assert.equal(stateOf({ status: 200, data: {}, meta: { session_token: 't' } }), undefined)
    const nobody = { status: 401, data: { flows }, meta: { is_authenticated: false } }
    assert.deepEqual(stateOf(nobody), { status: 'signed-out', flows })
    const pending = { id: 'verify_email', is_pending: true }
    assert.deepEqual(stateOf({ ...nobody, data: { flows: [...flows, pending] } }), {
      status: 'pending',
      pending,
      flows: [...flows, pending],
    })
    const somebody = { status: 200, data: { user, methods: [] }, meta: { is_authenticated: true } }
    assert.deepEqual(stateOf(somebody), { status: 'signed-in', user, methods: [] })
    const data = { user, methods: [], flows }
    assert.deepEqual(stateOf({ ...somebody, status: 401, data }), {
      status: 'reauthentication',
      user,
      methods: [],
      flows,
    })
  })
})

describe('a store', () => {
  it('tells each change once, to whoever listens', () => {
    const store = createStore({ at: 1 })
    const told: string[] = []
    const first = store.subscribe(() => told.push('first'))
    store.subscribe(() => told.push('second'))
    store.set({ at: 2 })
    store.set({ at: 2 })
    first()
    store.set({ at: 3 })
    assert.deepEqual(told, ['first', 'second', 'second'])
    assert.deepEqual(store.get(), { at: 3 })
  })
})

describe('base64url', () => {
  it('is read and written as Node.js does', () => {
    for (const length of [0, 1, 2, 3, 62, 255]) {
      const bytes = Uint8Array.from({ length }, (_, index) => 255 - index)
      const text = Buffer.from(bytes).toString('base64url')
      assert.equal(toBase64url(bytes.buffer), text)
      assert.deepEqual(bytesOf(text), bytes)
    }
  })
})

describe('settings', () => {
  it('are complete, also where an option is undefined', () => {
    const { settings } = createClient({
      url: 'https://id.example.org/',
      timeout: undefined as never,
    })
    assert.deepEqual(
      [settings.url, settings.kind, settings.timeout, settings.csrfCookieName],
      ['https://id.example.org', 'app', 10_000, 'csrftoken'],
    )
  })

  it('touch nothing of a browser where there is none', () => {
    assert.equal(supportsPasskeys(), false)
    const tokens = memoryTokens()
    const client = createClient({ tokens })
    client.close()
    client.close()
    assert.equal(client.settings.tokens, tokens)
  })
})

describe('the state', () => {
  const meta = { is_authenticated: true }
  const methods: object[] = []
  const answerOf = (id: string) => ({
    status: 200,
    data: { user: { id, display: id, has_usable_password: true }, methods },
    meta,
  })

  /** Answers each request with what is told for it, when it is told. */
  function tellingClient() {
    const asked: ((answer: object) => void)[] = []
    const fetch = () => {
      const { promise, resolve } = Promise.withResolvers<Response>()
      asked.push((answer) => resolve(Response.json(answer)))
      return promise
    }
    const client = createClient({ kind: 'app', url: 'https://example.test', fetch })
    const tell = async (index: number, answer: object) => {
      await vi.waitFor(() => assert.ok(asked[index]))
      asked[index]?.(answer)
    }
    return { client, tell }
  }

  const userOf = ({ state }: { state: object }) => Reflect.get(state, 'user')?.id

  it('is that of the look that was asked last, whichever is answered last', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { client, tell } = tellingClient()
      const looks = [client.getSession(), client.getSession()]
      for (const index of order) {
        await tell(index, answerOf(['ann', 'bob'][index] ?? ''))
        await looks[index]
      }
      if (order[0] === 1) await tell(2, answerOf('bob'))
      await vi.waitFor(() => assert.equal(userOf(client), 'bob'))
    }
  })

  it('is looked at once more where a change and a look disagree', async () => {
    const { client, tell } = tellingClient()
    const change = client.reauthenticate({ password: 'p' })
    const look = client.getSession()
    await tell(0, answerOf('ann'))
    await change
    await tell(1, answerOf('bob'))
    await look
    assert.equal(userOf(client), 'ann')
    await tell(2, answerOf('bob'))
    await vi.waitFor(() => assert.equal(userOf(client), 'bob'))
  })
})
