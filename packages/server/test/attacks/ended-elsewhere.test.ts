// Sessions are ended at one node; a thief goes on with copies of their credentials at another.
import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { routes } from '../../src/app.ts'
import { createGuard } from '../../src/guard/api.ts'
import { creationOptions, keysOf, paths, requestOptions } from '../../src/mfa/testing/keys.ts'
import { appWith, offeredSecret, setUpTotp } from '../../src/mfa/testing/totp.ts'
import { deactivateUser, deleteUser } from '../../src/operators/users.ts'
import { insertSocialAccount } from '../../src/socialaccount/store.ts'
import type { TestClient } from '../../src/testing/client.ts'
import { SecurityKey } from '../../src/testing/security-key.ts'
import { refresh, statusWith, traded } from '../../src/tokens/testing/signed-in.ts'
import {
  ann,
  createNodes,
  headersOf,
  holdBody,
  type Nodes,
  newPassword,
  second,
  unverified,
} from './nodes.ts'
import { readTables } from './operations.ts'

/** What ends the sessions of a user but that of the owner, or all of them. */
interface End {
  name: string
  hasFactors: boolean
  act(nodes: Nodes): Promise<unknown>
}

const operator = ({ here }: Nodes) =>
  ({ db: here.server.db, now: here.server.now, events: here.server, means: 'library' }) as const

const ends: readonly End[] = [
  { name: 'logging out', hasFactors: true, act: logOut },
  { name: 'ending them from the list', hasFactors: true, act: endFromList },
  { name: 'a change of the password', hasFactors: true, act: changePassword },
  { name: 'a reset of the password', hasFactors: true, act: resetPassword },
  {
    name: 'an authenticator app more',
    hasFactors: false,
    act: ({ here, owner }) => setUpTotp(here, owner),
  },
  {
    name: 'an authenticator app less',
    hasFactors: true,
    act: ({ owner }) => done(owner.delete('account/authenticators/totp')),
  },
  { name: 'a key more', hasFactors: false, act: ({ owner }) => done(addKeyTo(owner)) },
  { name: 'a key less', hasFactors: true, act: removeKey },
  {
    name: 'another primary address',
    hasFactors: true,
    act: ({ owner }) => done(owner.patch('account/email', { email: second, primary: true })),
  },
  {
    name: 'the deactivation of the user',
    hasFactors: true,
    act: (nodes) => deactivateUser(operator(nodes), nodes.userId),
  },
  {
    name: 'the deletion of the user',
    hasFactors: true,
    act: (nodes) => deleteUser(operator(nodes), nodes.userId),
  },
]

async function done(asked: ReturnType<TestClient['get']>): Promise<void> {
  const { status, text } = await asked
  assert.equal(status, 200, text)
}

async function logOut({ own }: Nodes): Promise<void> {
  for (const client of Object.values(own)) {
    assert.equal((await client.delete('auth/session')).status, 401)
  }
}

async function endFromList({ owner }: Nodes): Promise<void> {
  const { body } = await owner.get('auth/sessions')
  assert.ok(Array.isArray(body.data))
  const others = body.data.filter(({ is_current }) => !is_current).map(({ id }) => id)
  assert.equal(others.length, 2)
  await done(owner.delete('auth/sessions', { sessions: others }))
}

function changePassword({ owner }: Nodes): Promise<void> {
  const input = { current_password: ann.password, new_password: newPassword }
  return done(owner.post('account/password/change', input))
}

async function resetPassword({ here }: Nodes): Promise<void> {
  const client = here.client('app')
  await client.post('auth/password/request', { email: ann.email })
  const key = await here.secretTo(ann.email)
  const answer = await client.post('auth/password/reset', { key, password: newPassword })
  assert.equal(answer.status, 401, answer.text)
}

async function addKeyTo(client: TestClient) {
  const credential = new SecurityKey().create(await creationOptions(client))
  return client.post(paths.own, { name: 'Key', credential })
}

async function removeKey({ owner }: Nodes): Promise<void> {
  const authenticators = (await keysOf(owner)).map(({ id }) => id)
  await done(owner.delete(paths.own, { authenticators }))
}

const stateful = [true, false].flatMap((isStateful) => ends.map((end) => ({ isStateful, ...end })))

describe('stolen credentials at another node', () => {
  it.each(stateful)('open nothing after $name (stateful: $isStateful)', async (end) => {
    await using nodes = await createNodes(end.hasFactors, {
      HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED: end.isStateful,
    })
    const { there, stolen, access, refreshToken } = nodes
    const guard = createGuard(there.server)
    const bearer = { host: 'localhost', authorization: `Bearer ${access}` }
    const all = [headersOf(stolen.app), headersOf(stolen.browser), bearer]
    // They work, and the node has seen all of them.
    for (const headers of all) assert.ok(await guard.getSession({ method: 'GET', headers }))
    for (const client of Object.values(stolen)) await done(client.get('auth/session'))
    assert.equal(await statusWith(there, access), 200)
    const next = await traded(refresh(there, refreshToken))

    await end.act(nodes)

    for (const headers of all) {
      assert.equal(await guard.getSession({ method: 'GET', headers }), null)
    }
    for (const token of [access, next.access]) {
      assert.ok([401, 410].includes(await statusWith(there, token)))
    }
    for (const token of [refreshToken, next.refresh]) {
      assert.equal((await refresh(there, token)).status, 400)
    }
    for (const client of Object.values(stolen)) {
      const { status, body } = await client.get('account/email')
      assert.ok([401, 410].includes(status))
      assert.equal(body.meta?.is_authenticated, false)
    }
    for (const headers of all) {
      assert.equal(await guard.getSession({ method: 'GET', headers }), null)
    }
  })
})

/** Good input for each operation, made ready by the client that is about to send it. */
const inputs: Readonly<
  Record<string, (nodes: Nodes, client: TestClient) => unknown | Promise<unknown>>
> = {
  'POST account/email': () => ({ email: 'new@example.net' }),
  'PUT account/email': () => ({ email: unverified }),
  'PATCH account/email': () => ({ email: second, primary: true }),
  'DELETE account/email': () => ({ email: second }),
  'POST account/phone': () => ({ phone: '+31699999998' }),
  'POST account/password/change': () => ({
    current_password: ann.password,
    new_password: newPassword,
  }),
  'POST auth/reauthenticate': () => ({ password: ann.password }),
  'POST auth/2fa/reauthenticate': (nodes) => ({ code: nodes.nextCode() }),
  'POST auth/webauthn/reauthenticate': async ({ key }, client) => ({
    credential: key?.get(await requestOptions(client, paths.reauthenticate)),
  }),
  'POST account/authenticators/totp': async ({ there }, client) => ({
    code: appWith(there, await offeredSecret(client)).code(),
  }),
  'DELETE account/authenticators/totp': () => ({}),
  'POST account/authenticators/recovery-codes': () => ({}),
  'POST account/authenticators/webauthn': async (_, client) => ({
    name: 'Key of a thief',
    credential: new SecurityKey().create(await creationOptions(client)),
  }),
  'PUT account/authenticators/webauthn': async (_, client) => ({
    id: (await keysOf(client))[0]?.id,
    name: 'Another name',
  }),
  'DELETE account/authenticators/webauthn': async (_, client) => ({
    authenticators: (await keysOf(client)).map(({ id }) => id),
  }),
  'DELETE account/providers': async ({ there, userId }) => {
    const account = { userId, provider: 'github', uid: '583231', label: 'ann' }
    await insertSocialAccount(there.server.db, account, there.clock.now)
    return { provider: account.provider, account: account.uid }
  },
  'PATCH latchkey:account': () => ({ language: 'de' }),
  'DELETE latchkey:account': () => ({}),
  'DELETE auth/sessions': async (_, client) => {
    const { body } = await client.get('auth/sessions')
    assert.ok(Array.isArray(body.data))
    const other = body.data.find(({ is_current }) => !is_current)
    return { sessions: [other?.id] }
  },
}

// Paths as the client of the tests takes them.
const all = routes.map(({ method, path, root, audience }) => ({
  method,
  path: root === '_latchkey' ? `latchkey:${path}` : path,
  audience,
}))
const pathsOfUsers = new Set(
  all.filter(({ audience }) => audience === 'user').map(({ path }) => path),
)
const changes = all.filter(({ path, method }) => pathsOfUsers.has(path) && method !== 'GET')
// Ways that delete the row, that mark it as ended, and that take the user with it.
const some = ends.filter(({ name }) => /list|change of|deactivation|deletion/.test(name))

describe('a request that is under way at another node', () => {
  it('is tried for every operation that changes what users have', () => {
    assert.deepEqual(
      changes.map(({ method, path }) => `${method} ${path}`).sort(),
      Object.keys(inputs).sort(),
    )
  })

  it.each(changes)('$method $path is done where nothing ends its session', async (change) => {
    const { answered, left } = await sendLate(change, { name: 'nothing', act: async () => {} })
    // Whose account is gone is signed out.
    const isDeletion = change.method === 'DELETE' && change.path === 'latchkey:account'
    const expected = isDeletion ? [401] : [200, 202]
    assert.ok(expected.includes(answered.status), String(answered.body))
    assert.notDeepEqual(left.after, left.before)
  })

  it.each(changes)('$method $path does nothing once its session was ended', async (change) => {
    for (const end of some) {
      const { answered, left } = await sendLate(change, end)
      const { status } = answered
      const isToldOfEnd = status === 401 || status === 410
      // Where it finds nothing to do any more, or a password that is wrong by now, it may say so.
      assert.ok(isToldOfEnd || !endsSessionsAlone(end), `${end.name}: ${status}`)
      if (isToldOfEnd) assert.equal(JSON.parse(String(answered.body)).meta.is_authenticated, false)
      assert.deepEqual(withoutNotes(left.after), withoutNotes(left.before), end.name)
      // Whoever was told of the end of a session is not told again.
      const known = new Set(left.before.sessions?.map((it) => JSON.stringify(it)))
      const others = left.after.sessions?.filter((it) => !known.has(JSON.stringify(it)))
      assert.deepEqual(others, [], end.name)
      const events = left.after.events?.slice(left.before.events?.length)
      for (const { type } of events ?? []) assert.equal(type, 'login_failed', end.name)
    }
  })
})

function endsSessionsAlone({ name }: End): boolean {
  return name.includes('list')
}

function withoutNotes({
  sessions: _,
  events: __,
  audit_marks: ___,
  ...rest
}: Awaited<ReturnType<typeof readTables>>): unknown {
  return rest
}

/** A thief sends the head of a request, the session is ended, then the body follows. */
async function sendLate(
  { method, path }: { method: string; path: string },
  { act }: Pick<End, 'name' | 'act'>,
) {
  const name = `${method} ${path}`
  await using nodes = await createNodes(name !== 'POST account/authenticators/totp')
  const { here, there, stolen } = nodes
  const json = await inputs[name]?.(nodes, stolen.app)
  const held = await holdBody(there, stolen.app, { method, path, json })
  await act(nodes)
  await Promise.all([here.server.outbox.drain(), there.server.outbox.drain()])
  const before = await readTables(here)
  const answered = await held.finish()
  await there.server.outbox.drain()
  const after = await readTables(here)
  return { answered, left: { before, after } }
}
