// The table of docs/tokens.md that says when each credential stops working, cell by cell.
import assert from 'node:assert/strict'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, it } from 'vitest'
import { setUpTotp, type TestApp } from '../../packages/server/src/mfa/testing/totp.ts'
import { deactivateUser, deleteUser } from '../../packages/server/src/operators/users.ts'
import { replaceKeys } from '../../packages/server/src/signing-keys/rotate.ts'
import { createTestAuth, type TestAuth } from '../../packages/server/src/testing/auth.ts'
import type { TestClient } from '../../packages/server/src/testing/client.ts'
import { refresh, statusWith, traded } from '../../packages/server/src/tokens/testing/signed-in.ts'
import { readRows } from './markdown.ts'

const ann = { email: 'ann@example.test', password: 'velvet-Otter-41' }
const second = 'ann.second@example.test'
const newPassword = 'copper-Lagoon-58'

/** A user, a session of hers whose credentials are looked at, and another one of hers. */
interface World {
  auth: TestAuth
  userId: string
  here: TestClient
  elsewhere: TestClient
  /** Of the authenticator app that she has from the start, where she has one. */
  app: TestApp | undefined
  /** What the session was given when it began; empty for a browser. */
  access: string
  refreshToken: string
}

interface Event {
  /** How the table names it. */
  row: string
  hasApp?: boolean
  act(world: World): Promise<unknown>
}

const changePassword = (client: TestClient) =>
  client.post('account/password/change', {
    current_password: ann.password,
    new_password: newPassword,
  })
const addApp = ({ auth }: World, client: TestClient) => setUpTotp(auth, client)
const removeApp = (client: TestClient) => client.delete('account/authenticators/totp')
const choosePrimary = (client: TestClient) =>
  client.patch('account/email', { email: second, primary: true })
const operator = ({ auth }: World) =>
  ({ db: auth.server.db, now: auth.server.now, means: 'library' }) as const

const events: readonly Event[] = [
  { row: 'Logging out, here', act: ({ here }) => here.delete('auth/session') },
  { row: 'Logging out, elsewhere', act: ({ elsewhere }) => elsewhere.delete('auth/session') },
  { row: 'The session is ended from the list', act: endFromList },
  { row: 'Password changed or set, here', act: ({ here }) => changePassword(here) },
  { row: 'Password changed or set, elsewhere', act: ({ elsewhere }) => changePassword(elsewhere) },
  { row: 'Password reset', act: resetPassword },
  { row: 'Factor added or removed, here', act: (world) => addApp(world, world.here) },
  {
    row: 'Factor added or removed, here',
    hasApp: true,
    act: ({ here }) => removeApp(here),
  },
  { row: 'Factor added or removed, elsewhere', act: (world) => addApp(world, world.elsewhere) },
  {
    row: 'Factor added or removed, elsewhere',
    hasApp: true,
    act: ({ elsewhere }) => removeApp(elsewhere),
  },
  { row: 'Another primary address, here', act: ({ here }) => choosePrimary(here) },
  { row: 'Another primary address, elsewhere', act: ({ elsewhere }) => choosePrimary(elsewhere) },
  { row: 'The user is deactivated', act: (world) => deactivateUser(operator(world), world.userId) },
  { row: 'The user is deleted', act: (world) => deleteUser(operator(world), world.userId) },
  {
    row: 'Authenticating again, here',
    act: ({ here }) => here.post('auth/reauthenticate', { password: ann.password }),
  },
  { row: 'A spent refresh token is used too late', act: useSpentToken },
  { row: '`latchkey keys rotate --compromised`', act: loseKeys },
]

/** What each column of the table says of a credential after an event. */
const columns: Readonly<Record<string, (world: World, before: string) => Promise<string>>> = {
  Cookie: (world, before) => fateOfSession(world, before),
  'Session token': (world, before) => fateOfSession(world, before),
  'Access token': async ({ auth, access }) =>
    (await statusWith(auth, access)) === 200 ? 'goes on' : 'ends',
  'Refresh token': async ({ auth, refreshToken }) =>
    (await refresh(auth, refreshToken)).status === 200 ? 'goes on' : 'ends',
  'Access token, at a service': fateAtService,
}

const rows = readRows('docs/tokens.md')
const [, ...names] = rows.find(([first]) => first === 'What happens') ?? []
const table = rows.filter((row) => row.length === names.length + 1 && !/^-+$/.test(row[0] ?? ''))

describe('the table of docs/tokens.md', () => {
  it('has the columns and rows that are tried', () => {
    assert.deepEqual(names, Object.keys(columns))
    const tried = [...new Set(events.map(({ row }) => row))]
    assert.deepEqual(table.map(([first]) => first).slice(1), tried)
  })

  for (const event of events) {
    const name = event.hasApp ? `${event.row} (removed)` : event.row
    it(`${name}, stateless`, () => tryRow(event, { isStateful: false }))
    it(`${name}, stateful`, () => tryRow(event, { isStateful: true }))
  }
})

async function tryRow(event: Event, { isStateful }: { isStateful: boolean }): Promise<void> {
  const [, ...cells] = table.find(([first]) => first === event.row) ?? []
  for (const [index, name] of names.entries()) {
    // A browser has no refresh token that could be used; only access tokens know of the setting.
    const isTried = cells[index] !== '' && (!isStateful || name === 'Access token')
    if (isTried) assert.equal(await fateOf(name, event, isStateful), cells[index], name)
  }
}

/** What the event does to a credential, each time in a world of its own. */
async function fateOf(name: string, event: Event, isStateful: boolean): Promise<string> {
  await using auth = await start(isStateful)
  const kind = name === 'Cookie' ? 'browser' : 'app'
  const world = await enter(auth, { kind, hasApp: event.hasApp ?? false })
  const before = credentialOf(world.here)
  await event.act(world)
  const look = columns[name]
  assert.ok(look)
  // Awaited here, or the server would close before.
  return await look(world, before)
}

function start(isStateful: boolean): Promise<TestAuth> {
  return createTestAuth({
    settings: {
      HEADLESS_TOKEN_STRATEGY: 'jwt',
      HEADLESS_JWT_ALGORITHM: 'ES256',
      HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED: isStateful,
      ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true,
      ACCOUNT_RATE_LIMITS: false,
    },
  })
}

async function enter(
  auth: TestAuth,
  { kind, hasApp }: { kind: 'app' | 'browser'; hasApp: boolean },
): Promise<World> {
  const userId = await auth.createUser({
    ...ann,
    extra_emails: [{ email: second, verified: true }],
  })
  const first = auth.client('app')
  await first.post('auth/login', ann)
  const app = hasApp ? await setUpTotp(auth, first) : undefined
  const here = auth.client(kind)
  const meta = await logIn(auth, here, app)
  const elsewhere = auth.client('app')
  await logIn(auth, elsewhere, app)
  const { access_token: access = '', refresh_token: refreshToken = '' } = meta
  return { auth, userId, here, elsewhere, app, access, refreshToken }
}

async function logIn(auth: TestAuth, client: TestClient, app: TestApp | undefined) {
  let answer = await client.post('auth/login', ann)
  if (app) {
    // Each code works once.
    auth.clock.advance(30)
    answer = await client.post('auth/2fa/authenticate', { code: app.code() })
  }
  assert.equal(answer.status, 200, answer.text)
  return answer.body.meta ?? {}
}

function credentialOf(client: TestClient): string {
  return (client.kind === 'app' ? client.token : client.cookies.get('sessionid')) ?? ''
}

/** What the credential of before opens, and the one that came in its place. */
async function fateOfSession({ auth, here }: World, before: string): Promise<string> {
  const now = credentialOf(here)
  const earlier = auth.client(here.kind)
  if (here.kind === 'app') earlier.token = before
  else earlier.cookies.set('sessionid', before)
  if ((await earlier.get('auth/session')).status === 200) return 'goes on'
  if (now === before || now === '') return 'ends'
  return (await here.get('auth/session')).status === 200 ? 'replaced' : 'ends'
}

/** A service knows the public keys and the time, and nothing else. */
async function fateAtService({ auth, access }: World): Promise<string> {
  const { text } = await auth.client('app').get('/.well-known/jwks.json')
  const keys = createLocalJWKSet(JSON.parse(text))
  const isGood = (seconds: number) =>
    jwtVerify(access, keys, {
      algorithms: ['ES256'],
      currentDate: new Date(auth.clock.now + seconds * 1000),
    }).then(
      () => true,
      () => false,
    )
  if (!(await isGood(0))) return 'at its next look at the keys'
  return (await isGood(301)) ? 'goes on' : 'until it expires'
}

async function endFromList({ here, elsewhere }: World): Promise<void> {
  const { body } = await elsewhere.get('auth/sessions')
  assert.ok(Array.isArray(body.data))
  const others = body.data.filter((it) => !it.is_current).map(({ id }) => id)
  assert.ok(others.length > 0 && here)
  await elsewhere.delete('auth/sessions', { sessions: others })
}

async function resetPassword({ auth }: World): Promise<void> {
  const client = auth.client('app')
  await client.post('auth/password/request', { email: ann.email })
  const key = await auth.secretTo(ann.email)
  const { status } = await client.post('auth/password/reset', { key, password: newPassword })
  assert.ok(status === 200 || status === 401)
}

async function useSpentToken(world: World): Promise<void> {
  const { auth, refreshToken } = world
  const next = await traded(refresh(auth, refreshToken))
  auth.clock.advance(31)
  await refresh(auth, refreshToken)
  // What came of it is what there is to lose.
  Object.assign(world, { access: next.access, refreshToken: next.refresh })
}

async function loseKeys({ auth }: World): Promise<void> {
  const { db, keys, now } = auth.server
  await replaceKeys({ db, keys, now, algorithm: 'ES256', overlapMs: 0 })
  // Every node looks again within a minute.
  auth.clock.advance(61)
}
