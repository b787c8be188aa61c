// Brings people to each of the stages that can stand between the first proof and being signed in.
import assert from 'node:assert/strict'
import type { StageId } from '../../src/exchange.ts'
import { addKey, paths } from '../../src/mfa/testing/keys.ts'
import { setUpTotp, type TestApp } from '../../src/mfa/testing/totp.ts'
import { createTestAuth, type TestAuth } from '../../src/testing/auth.ts'
import { TestClient } from '../../src/testing/client.ts'
import type { SecurityKey } from '../../src/testing/security-key.ts'
import { everything, type Kind } from './operations.ts'

export const password = 'velvet-Otter-41'
export const newPassword = 'copper-Lagoon-58'

const names = ['cody', 'phil', 'vera', 'tom', 'ruth'] as const
type Name = (typeof names)[number]

/** Somebody with an account, and what was left over when an earlier session of theirs was ended. */
export interface Person {
  id: string
  email: string
  phone: string
  password: string
  app: TestApp | undefined
  key: SecurityKey | undefined
  /** Of the session that was ended. */
  earlier: { session: string; access: string; refresh: string }
}

/** A server with somebody for each stage. */
export interface Town {
  auth: TestAuth
  people: Readonly<Record<Name, Person>>
  [Symbol.asyncDispose](): Promise<void>
}

/** Somebody half signed in: the secret that was sent for it, and what must not be told of them. */
export interface Waiting {
  client: TestClient
  secret: string | undefined
  /** The request that would pass the stage. */
  pass(client: TestClient): Promise<number>
  personal: RegExp
}

/** Everybody of the town, the earlier session of each ended. */
export async function createTown(settings: object = {}): Promise<Town> {
  const auth = await createTestAuth({ settings: { ...everything, ...settings } })
  const made: [string, Person][] = []
  for (const [index, name] of names.entries()) {
    made.push([name, await settle(auth, name, `+3161234567${index}`)])
  }
  const people = Object.fromEntries(made) as Record<Name, Person> // one for each of the names
  const { db } = auth.server
  await db
    .updateTable('phone_numbers')
    .set({ is_verified: 0 })
    .where('user_id', '=', people.phil.id)
    .execute()
  await db
    .updateTable('email_addresses')
    .set({ is_verified: 0, unique_key: null, signup_key: people.vera.email })
    .where('user_id', '=', people.vera.id)
    .execute()
  return { auth, people, [Symbol.asyncDispose]: () => auth.close() }
}

async function settle(auth: TestAuth, name: Name, phone: string): Promise<Person> {
  const email = `${name}@example.org`
  const id = await auth.createUser({ email, phone, password })
  const client = auth.client('app')
  const { status, body } = await client.post('auth/login', { email, password })
  assert.equal(status, 200)
  const { session_token: session = '', access_token: access = '' } = body.meta ?? {}
  const refresh = body.meta?.refresh_token ?? ''
  const hasFactors = name === 'tom' || name === 'ruth'
  const app = hasFactors ? await setUpTotp(auth, client) : undefined
  const key = hasFactors ? await addKey(client) : undefined
  assert.equal((await client.delete('auth/session')).status, 401)
  return { id, email, phone, password, app, key, earlier: { session, access, refresh } }
}

type Begin = (town: Town, kind: Kind) => Promise<Waiting>

/** How somebody comes to wait at each stage. */
export const begin: Readonly<Record<StageId, Begin>> = {
  login_by_code: (town, kind) =>
    enter(town, kind, {
      person: town.people.cody,
      stage: 'login_by_code',
      start: (client, { email }) => client.post('auth/code/request', { email }),
      pass: (client, code) => client.post('auth/code/confirm', { code }),
    }),
  verify_phone: (town, kind) =>
    enter(town, kind, {
      person: town.people.phil,
      stage: 'verify_phone',
      start: logIn,
      recipient: town.people.phil.phone,
      pass: (client, code) => client.post('auth/phone/verify', { code }),
    }),
  verify_email: (town, kind) =>
    enter(town, kind, {
      person: town.people.vera,
      stage: 'verify_email',
      start: logIn,
      pass: (client, key) => client.post('auth/email/verify', { key }),
    }),
  mfa_authenticate: async (town, kind) => {
    const waiting = await enter(town, kind, {
      person: town.people.tom,
      stage: 'mfa_authenticate',
      start: logIn,
      pass: (client) => client.post('auth/2fa/authenticate', { code: town.people.tom.app?.code() }),
    })
    return { ...waiting, secret: undefined }
  },
  mfa_trust: async (town, kind) => {
    const { ruth } = town.people
    const waiting = await enter(town, kind, {
      person: ruth,
      stage: 'mfa_trust',
      async start(client) {
        await logIn(client, ruth)
        // Each code works once.
        town.auth.clock.advance(30)
        return client.post('auth/2fa/authenticate', { code: ruth.app?.code() })
      },
      pass: (client) => client.post('auth/2fa/trust', { trust: true }),
    })
    return { ...waiting, secret: undefined }
  },
  mfa_signup_webauthn: async (town, kind) => {
    signups += 1
    const email = `nina-${signups}@example.org`
    const waiting = await enter(town, kind, {
      person: { email, phone: '+31699999999', id: 'none' },
      stage: 'mfa_signup_webauthn',
      async start(client) {
        await client.post(paths.signup, { email })
        return client.post('auth/email/verify', { key: await town.auth.secretTo(email) })
      },
      pass: (client) => client.get(paths.signup),
    })
    return { ...waiting, secret: undefined }
  },
}

let signups = 0

/** Each stage with the kinds of client that can wait at it. */
export const waits: readonly { stage: StageId; kind: Kind }[] = (Object.keys(begin) as StageId[]) // the keys of the table above
  .flatMap((stage) =>
    (stage === 'mfa_trust' ? (['browser'] as const) : (['app', 'browser'] as const)).map(
      (kind): { stage: StageId; kind: Kind } => ({ stage, kind }),
    ),
  )

interface Way {
  person: Pick<Person, 'email' | 'phone' | 'id'>
  stage: StageId
  start(client: TestClient, person: Pick<Person, 'email'>): ReturnType<TestClient['post']>
  /** Whom the secret is sent to; the address unless said otherwise. */
  recipient?: string
  pass(client: TestClient, secret: string): ReturnType<TestClient['post']>
}

async function enter({ auth }: Town, kind: Kind, way: Way): Promise<Waiting> {
  // Long enough for the next code to be sent to the same address.
  auth.clock.advance(200)
  const { email, phone, id } = way.person
  const client = auth.client(kind)
  const answer = await way.start(client, way.person)
  assert.equal(TestClient.pending(answer), way.stage, answer.text)
  const isSent = !way.stage.startsWith('mfa_')
  const secret = isSent ? await auth.secretTo(way.recipient ?? email) : ''
  return {
    client,
    secret,
    pass: async (other) => (await way.pass(other, secret)).status,
    personal: new RegExp([email, phone.slice(1), id].join('|')),
  }
}

function logIn(client: TestClient, { email }: Pick<Person, 'email'>) {
  return client.post('auth/login', { email, password })
}

/** What a client shows of its session: the one header that a thief would copy. */
export function credentialOf(client: TestClient): Record<string, string> {
  if (client.kind === 'app') return { 'x-session-token': client.token ?? '' }
  return { cookie: `sessionid=${client.cookies.get('sessionid') ?? ''}` }
}

/** Another client of the same kind that has nothing but the credential. */
export function thiefOf(auth: TestAuth, client: TestClient): TestClient {
  const thief = auth.client(client.kind)
  if (client.kind === 'app') thief.token = client.token
  else thief.cookies.set('sessionid', client.cookies.get('sessionid') ?? '')
  return thief
}
