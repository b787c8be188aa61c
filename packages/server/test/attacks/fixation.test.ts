// An attacker knows the token of a session before its owner signs in, and waits for it to be worth more.
import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { addKey, paths, showKey } from '../../src/mfa/testing/keys.ts'
import { setUpTotp } from '../../src/mfa/testing/totp.ts'
import { createTestAuth, type TestAuth } from '../../src/testing/auth.ts'
import { type TestAnswer, TestClient } from '../../src/testing/client.ts'
import { SecurityKey } from '../../src/testing/security-key.ts'
import { signIn } from '../../src/testing/signed-in.ts'
import { thiefOf } from './half-signed-in.ts'
import { everything, type Kind, kinds } from './operations.ts'

const { pending } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const eve = { email: 'eve@example.org', password: 'marble-Kiosk-77' }
const newPassword = 'copper-Lagoon-58'

/** Somebody in a session, and the step that changes what it is worth. */
interface Step {
  name: string
  settings?: object
  /** Brings the client to where the step can be taken. */
  prepare(auth: TestAuth, client: TestClient): Promise<unknown>
  take(auth: TestAuth, client: TestClient): Promise<TestAnswer>
  /** What the answer shows that the step worked by. */
  expected: number
  /** Only of one kind: an app keeps its token until the end of a login. */
  only?: Kind
  /** Whether somebody is signed in by it who was not before. */
  signsIn?: boolean
}

const key = new SecurityKey()
const apps = new WeakMap<TestAuth, Awaited<ReturnType<typeof setUpTotp>>>()

async function addApp(auth: TestAuth): Promise<void> {
  const owner = await signIn(auth, ann)
  apps.set(auth, await setUpTotp(auth, owner))
  await owner.delete('auth/session')
  // Each code works once.
  auth.clock.advance(30)
}

const requestCode = (email: string) => (_: TestAuth, client: TestClient) =>
  client.post('auth/code/request', { email })

const steps: readonly Step[] = [
  {
    name: 'a login by password, in a session that waits for something',
    prepare: requestCode(eve.email),
    take: (_, client) => client.post('auth/login', ann),
    expected: 200,
    signsIn: true,
  },
  {
    name: 'a login by code',
    prepare: requestCode(ann.email),
    take: async (auth, client) =>
      client.post('auth/code/confirm', { code: await auth.secretTo(ann.email) }),
    expected: 200,
    signsIn: true,
  },
  {
    name: 'a second factor that ends the login',
    settings: { MFA_TRUST_ENABLED: false },
    async prepare(auth, client) {
      await addApp(auth)
      return client.post('auth/login', ann)
    },
    take: (auth, client) => client.post('auth/2fa/authenticate', { code: apps.get(auth)?.code() }),
    expected: 200,
    signsIn: true,
  },
  {
    name: 'a code that the second factor comes after',
    only: 'browser',
    settings: { ACCOUNT_LOGIN_BY_CODE_REQUIRED: ['password'] },
    async prepare(auth, client) {
      const owner = auth.client('app')
      await owner.post('auth/login', ann)
      await owner.post('auth/code/confirm', { code: await auth.secretTo(ann.email) })
      apps.set(auth, await setUpTotp(auth, owner))
      auth.clock.advance(200)
      return client.post('auth/login', ann)
    },
    take: async (auth, client) =>
      client.post('auth/code/confirm', { code: await auth.secretTo(ann.email) }),
    expected: 401,
  },
  {
    name: 'the end of a signup',
    prepare: (_, client) =>
      client.post('auth/signup', { email: 'nina@example.org', password: newPassword }),
    take: async (auth, client) =>
      client.post('auth/email/verify', { key: await auth.secretTo('nina@example.org') }),
    expected: 200,
    signsIn: true,
  },
  {
    name: 'the verified address of a signup that makes a passkey next',
    only: 'browser',
    prepare: (_, client) => client.post(paths.signup, { email: 'nina@example.org' }),
    take: async (auth, client) =>
      client.post('auth/email/verify', { key: await auth.secretTo('nina@example.org') }),
    expected: 401,
  },
  {
    name: 'the end of a signup by passkey',
    async prepare(auth, client) {
      await client.post(paths.signup, { email: 'nina@example.org' })
      await client.post('auth/email/verify', { key: await auth.secretTo('nina@example.org') })
    },
    async take(_, client) {
      const { body } = await client.get(paths.signup)
      const credential = new SecurityKey().create(body.data?.creation_options)
      return client.put(paths.signup, { credential })
    },
    expected: 200,
    signsIn: true,
  },
  {
    name: 'a login by passkey',
    async prepare(auth, client) {
      await addKey(await signIn(auth, ann), { isPasskey: true, key })
      await client.get(paths.login)
    },
    take: (_, client) => showKey(client, paths.login, key),
    expected: 200,
    signsIn: true,
  },
  {
    name: 'a login by passkey where another is signed in',
    async prepare(auth, client) {
      await addKey(await signIn(auth, ann), { isPasskey: true, key })
      await client.post('auth/login', eve)
    },
    take: (_, client) => showKey(client, paths.login, key),
    expected: 200,
    signsIn: true,
  },
  {
    name: 'a reset of the password that signs in',
    settings: { ACCOUNT_LOGIN_ON_PASSWORD_RESET: true },
    prepare: (_, client) => client.post('auth/password/request', { email: ann.email }),
    take: async (auth, client) =>
      client.post('auth/password/reset', {
        key: await auth.secretTo(ann.email),
        password: newPassword,
      }),
    expected: 200,
    signsIn: true,
  },
  {
    name: 'a change of the password',
    prepare: (_, client) => client.post('auth/login', ann),
    take: (_, client) =>
      client.post('account/password/change', {
        current_password: ann.password,
        new_password: newPassword,
      }),
    expected: 200,
  },
  {
    name: 'a logout',
    prepare: (_, client) => client.post('auth/login', ann),
    take: (_, client) => client.delete('auth/session'),
    expected: 401,
  },
]

function start(settings: object = {}): Promise<TestAuth> {
  return createTestAuth({ settings: { ...everything, ...settings }, users: [ann, eve] })
}

function tokenOf(client: TestClient): string | undefined {
  return client.kind === 'app' ? client.token : client.cookies.get('sessionid')
}

/** The session is nothing to whoever holds a token of before. */
async function assertDead(thief: TestClient): Promise<void> {
  const { status, body } = await thief.get('auth/session')
  assert.equal(status, thief.kind === 'app' ? 410 : 401)
  assert.equal(body.meta?.is_authenticated, false)
  assert.ok(!body.data?.flows?.some((flow) => flow.is_pending))
}

const both = kinds.flatMap((kind) =>
  steps.filter(({ only = kind }) => only === kind).map((step) => ({ kind, ...step })),
)

describe('the credential of before', () => {
  it.each(both)('opens nothing after $name ($kind)', async (step) => {
    await using auth = await start(step.settings)
    const client = auth.client(step.kind)
    await step.prepare(auth, client)
    const [before, csrf] = [tokenOf(client), client.cookies.get('csrftoken')]
    assert.ok(before)
    const thief = thiefOf(auth, client)
    const { status, text } = await step.take(auth, client)
    assert.equal(status, step.expected, text)
    await assertDead(thief)
    if (step.signsIn) {
      assert.notEqual(tokenOf(client), before)
      assert.equal((await client.get('auth/session')).status, 200)
      if (step.kind === 'browser') assert.notEqual(client.cookies.get('csrftoken'), csrf)
    }
  })
})

/** What an attacker has begun in the session whose token the victim is given. */
const plants: Readonly<Record<string, (auth: TestAuth, attacker: TestClient) => Promise<unknown>>> =
  {
    'a login by code': requestCode(eve.email),
    'a reset of the own password': (_, attacker) =>
      attacker.post('auth/password/request', { email: eve.email }),
    'a challenge for a passkey': (_, attacker) => attacker.get(paths.login),
    'a signup': (_, attacker) =>
      attacker.post('auth/signup', { email: 'eve2@example.org', password: newPassword }),
  }

describe('a session that an attacker has planted', () => {
  const planted = kinds.flatMap((kind) => Object.keys(plants).map((name) => ({ kind, name })))

  it.each(planted)(
    'with $name, opens nothing to them once its victim has signed in ($kind)',
    async ({ kind, name }) => {
      await using auth = await start()
      const attacker = auth.client(kind)
      await plants[name]?.(auth, attacker)
      assert.ok(tokenOf(attacker))
      const victim = thiefOf(auth, attacker)
      assert.equal((await victim.post('auth/login', ann)).status, 200)
      await assertDead(attacker)
      assert.equal((await victim.get('auth/session')).body.data?.user?.email, ann.email)
    },
  )

  it.each(kinds)('with their own login, is not where the victim goes on (%s)', async (kind) => {
    await using auth = await start()
    const attacker = await signIn(auth, eve, kind)
    const victim = thiefOf(auth, attacker)
    // Whoever is signed in has to sign out first, so the attacker's session is never the victim's.
    assert.equal((await victim.post('auth/login', ann)).status, 409)
    assert.equal((await attacker.get('auth/session')).body.data?.user?.email, eve.email)
    assert.equal((await victim.delete('auth/session')).status, 401)
    await assertDead(attacker)
  })

  it('does not give the attacker the last step, which needs no proof', async () => {
    await using auth = await start()
    await addApp(auth)
    const attacker = auth.client('browser')
    await attacker.post('auth/code/request', { email: eve.email })
    const victim = thiefOf(auth, attacker)
    assert.equal(pending(await victim.post('auth/login', ann)), 'mfa_authenticate')
    const code = apps.get(auth)?.code()
    assert.equal(pending(await victim.post('auth/2fa/authenticate', { code })), 'mfa_trust')
    const stolen = await attacker.post('auth/2fa/trust', { trust: true })
    assert.equal(stolen.status, 401)
    assert.equal(attacker.cookies.has('mfa_trusted'), false)
    await assertDead(attacker)
    assert.equal((await victim.post('auth/2fa/trust', { trust: true })).status, 200)
    await assertDead(attacker)
  })

  it('is not adopted under a token that the attacker made up', async () => {
    await using auth = await start()
    const chosen = 'c'.repeat(43)
    for (const kind of ['app', 'browser'] as Kind[]) {
      const victim = auth.client(kind)
      if (kind === 'app') victim.token = chosen
      else victim.cookies.set('sessionid', chosen)
      for (const request of [
        () => victim.post('auth/login', ann),
        () => victim.post('auth/code/request', { email: ann.email }),
        () => victim.post('auth/signup', { email: 'nina@example.org', password: newPassword }),
        () => victim.get(paths.login),
      ]) {
        await request()
        const attacker = auth.client(kind)
        if (kind === 'app') attacker.token = chosen
        else attacker.cookies.set('sessionid', chosen)
        await assertDead(attacker)
      }
    }
  })
})
