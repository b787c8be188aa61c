// Somebody who has not taken every step of the login tries everything that is for users.
import assert from 'node:assert/strict'
import { decodeJwt, SignJWT } from 'jose'
import { describe, it } from 'vitest'
import { routes } from '../../src/app.ts'
import { createGuard } from '../../src/guard/api.ts'
import { sidOf } from '../../src/sessions/store.ts'
import { type TestAnswer, TestClient } from '../../src/testing/client.ts'
import {
  begin,
  createTown,
  credentialOf,
  newPassword,
  password,
  type Town,
  thiefOf,
  waits,
} from './half-signed-in.ts'
import { fingerprint, kinds, type Operation, operationsOf } from './operations.ts'

const { pending } = TestClient
const sharedSecret = 'a shared secret of a decent length, 0123456789'

/** Good input, so that nothing but the missing step can be what is in the way. */
const inputs: Readonly<Record<string, unknown>> = {
  'POST account/password/change': { current_password: password, new_password: newPassword },
  'POST auth/reauthenticate': { password },
  'POST account/email': { email: 'thief@example.net' },
  'POST account/phone': { phone: '+31699999998' },
}

/** Whoever signs up may correct what the code is sent to; whoever logs in waits there likewise. */
const openTo: Readonly<Record<string, string>> = {
  'POST account/email': 'verify_email',
  'POST account/phone': 'verify_phone',
}

/** Every method of every path that has something for users. */
function requestsForUsers({ auth }: Town): [method: string, path: string][] {
  const ofUsers = kinds.flatMap((kind) => operationsOf(auth, kind)).filter(needsUser)
  const paths = new Set(ofUsers.map(({ path }) => nameOf(path)))
  assert.ok(paths.size >= 10)
  const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
  return [...paths].flatMap((path) => methods.map((method): [string, string] => [method, path]))
}

/** A path as the client of the tests takes it, for either kind. */
function nameOf(path: string): string {
  return path.replace(/^\/_latchkey\/\w+\/v1\//, 'latchkey:').replace(/^\/_allauth\/\w+\/v1\//, '')
}

function needsUser({ routes }: Operation): boolean {
  return routes.needsUser
}

function inputFor(name: string): unknown {
  return name.startsWith('GET ') ? undefined : (inputs[name] ?? {})
}

function assertRefused(answer: TestAnswer, what: string): void {
  assert.ok([401, 410].includes(answer.status), `${what}: ${answer.status}`)
  assert.equal(answer.body.meta?.is_authenticated ?? false, false, what)
  assert.equal(answer.body.data?.user, undefined, what)
}

function assertTellsNothing(answer: TestAnswer, personal: RegExp, what: string): void {
  assert.doesNotMatch(answer.text, personal, what)
  assert.match(answer.headers.get('cache-control') ?? '', /no-store/, what)
}

describe('the server of these tests', () => {
  it('serves every operation that there is', async () => {
    await using town = await createTown()
    const served = kinds.flatMap((kind) => operationsOf(town.auth, kind).map(({ route }) => route))
    assert.deepEqual(new Set(served), new Set(routes))
  })
})

describe.each(waits)('a session of $kind that waits at $stage', ({ stage, kind }) => {
  it('reaches nothing that is for users, by any method of its path', async () => {
    await using town = await createTown()
    const { client, personal } = await begin[stage](town, kind)
    const before = await fingerprint(town.auth)
    for (const [method, path] of requestsForUsers(town)) {
      const name = `${method} ${path}`
      if (openTo[name] === stage) continue
      const answer = await client.request(method, path, inputFor(name))
      assertTellsNothing(answer, personal, name)
      // Whoever may come here without being signed in is told that nothing waits.
      if (openTo[name] === undefined) assertRefused(answer, name)
      else assert.equal(answer.status, 409, name)
      assert.equal(await fingerprint(town.auth), before, name)
    }
    assert.equal(pending(await client.get('auth/session')), stage)
  })

  it('is told nothing of the account by any operation', async () => {
    await using town = await createTown()
    for (const { method, path } of operationsOf(town.auth, kind)) {
      const name = `${method} ${nameOf(path)}`
      // Needs no proof of its own, so it ends the login.
      if (name === 'POST auth/2fa/trust') continue
      const { client, personal } = await begin[stage](town, kind)
      const answer = await client.request(method, path, method === 'GET' ? undefined : {})
      // A passkey is made under the address that its owner has just verified.
      const isOwnSignup = stage === 'mfa_signup_webauthn' && name === 'GET auth/webauthn/signup'
      assertTellsNothing(answer, isOwnSignup ? /nothing/ : personal, name)
      assert.equal(answer.body.data?.user, undefined, name)
    }
  })

  it('has nobody for routes of the program around it', async () => {
    await using town = await createTown()
    const { client, personal } = await begin[stage](town, kind)
    const guard = createGuard(town.auth.server)
    for (const method of ['GET', 'POST']) {
      const request = { method, headers: { host: 'localhost', ...credentialOf(client) } }
      assert.equal(await guard.getSession(request), null)
      assert.doesNotMatch(await (await guard.unauthorized(request)).text(), personal)
      const asked = await guard.reauthentication(request)
      assert.equal(asked?.status, 401)
      assert.doesNotMatch((await asked?.text()) ?? '', personal)
    }
  })

  it('is gone after a logout, and what was sent for it is worthless', async () => {
    await using town = await createTown()
    const { auth } = town
    const { client, pass } = await begin[stage](town, kind)
    const old = thiefOf(auth, client)
    const answer = await client.delete('auth/session')
    assert.deepEqual([answer.status, pending(answer)], [401, undefined])
    assert.equal(client.cookies.has('sessionid'), false)
    const asked = await thiefOf(auth, old).get('auth/session')
    assert.deepEqual([asked.status, pending(asked)], [kind === 'app' ? 410 : 401, undefined])
    const left = await auth.server.db.selectFrom('sessions').select('id').execute()
    assert.deepEqual(left, [])
    const stranger = auth.client(kind)
    for (const other of [thiefOf(auth, old), stranger]) {
      assert.ok([401, 409, 410].includes(await pass(other)), stage)
    }
    const again = await begin[stage](town, kind)
    // A trust or a signup needs no code of its own: there is nothing that could be left over.
    if (again.secret !== undefined) assert.equal(await pass(again.client), 400)
  })
})

describe('an access token', () => {
  it('is made for no session that waits, nor is one made out of it', async () => {
    await using town = await createTown({ HEADLESS_JWT_PRIVATE_KEY: sharedSecret })
    const { auth, people } = town
    const sample = decodeJwt(people.cody.earlier.access)
    for (const { stage, kind } of waits) {
      const { client } = await begin[stage](town, kind)
      const { body } = await client.get('auth/session')
      assert.equal(body.meta?.access_token ?? body.meta?.refresh_token, undefined)
      const token = kind === 'app' ? client.token : client.cookies.get('sessionid')
      for (const { id: sub } of Object.values(people)) {
        const claims = { ...sample, sid: sidOf(token ?? ''), sub }
        const now = Math.floor(auth.clock.now / 1000)
        const forged = await new SignJWT({ ...claims, iat: now, exp: now + 300 })
          .setProtectedHeader({ alg: 'HS256' })
          .sign(Buffer.from(sharedSecret))
        await assertOpensNothing(town, forged, `${stage} ${kind}`)
      }
    }
  })

  it('of the right form would open a session that does not wait', async () => {
    // Or the test above would prove nothing.
    await using town = await createTown({ HEADLESS_JWT_PRIVATE_KEY: sharedSecret })
    const { email, id: sub } = town.people.cody
    const client = town.auth.client('app')
    const { body } = await client.post('auth/login', { email, password })
    const sample = decodeJwt(body.meta?.access_token ?? '')
    const forged = await new SignJWT({ ...sample, sid: sidOf(client.token ?? ''), sub })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from(sharedSecret))
    const headers = { authorization: `Bearer ${forged}` }
    assert.equal((await town.auth.client('app').get('auth/session', { headers })).status, 200)
  })

  it('of an earlier session that was ended opens nothing while the next login waits', async () => {
    await using town = await createTown()
    const { cody, phil, vera, tom } = town.people
    const own = [
      ['login_by_code', cody],
      ['verify_phone', phil],
      ['verify_email', vera],
      ['mfa_authenticate', tom],
    ] as const
    for (const [stage, { earlier }] of own) {
      const { client } = await begin[stage](town, 'app')
      await assertOpensNothing(town, earlier.access, stage)
      const input = { refresh_token: earlier.refresh }
      for (const it of [client, town.auth.client('app')]) {
        assert.equal((await it.post('tokens/refresh', input)).status, 400)
      }
    }
  })
})

async function assertOpensNothing({ auth }: Town, bearer: string, what: string): Promise<void> {
  const headers = { host: 'localhost', authorization: `Bearer ${bearer}` }
  const before = await fingerprint(auth)
  const ofUsers = operationsOf(auth, 'app').filter(({ route }) => route.audience === 'user')
  for (const { method, path } of ofUsers) {
    const answer = await auth.client('app').request(method, path, {}, { headers })
    assertRefused(answer, `${what}: ${method} ${path}`)
  }
  assert.equal(await fingerprint(auth), before, what)
  const guard = createGuard(auth.server)
  assert.equal(await guard.getSession({ method: 'GET', headers }), null)
}
