// Fills a database with the server of a checkout, as people would: make-fixture.ts <checkout> <url>. Prints
// what they have in their hands afterwards.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TestAuth } from '../../src/testing/auth.ts'
import type { TestClient } from '../../src/testing/client.ts'
import { SecurityKey } from '../../src/testing/security-key.ts'
import {
  ann,
  bob,
  cleo,
  dan,
  eve,
  type Fixture,
  factorSettings,
  fay,
  madeAt,
  settings,
  tokenSettings,
} from './people.ts'

const [, , checkout = '.', url = ''] = process.argv
const source = resolve(checkout, 'packages/server/src')
const has = (path: string) => existsSync(join(source, path))
const load = (path: string) => import(pathToFileURL(join(source, path)).href)

async function main(): Promise<void> {
  const versionSettings = { ...settings, ...(has('mfa/totp') && factorSettings) }
  const auth = await start(versionSettings)
  for (const user of [ann, cleo, dan, eve]) await auth.createUser(user)
  const fixture: Fixture = {
    ...(await signIn(auth)),
    ...(await signUpBob(auth)),
    resetKey: await askForReset(auth),
  }
  // It waits in the outbox for a server that can send it.
  auth.mailbox.mail.send = () => Promise.reject(new Error('nobody takes mail'))
  await auth.client('app').post('auth/password/request', { email: eve.email })
  await auth.close()
  if (has('tokens/routes.ts')) {
    fixture.refreshToken = await signInCleo(await start({ ...versionSettings, ...tokenSettings }))
  }
  if (has('socialaccount/testing')) {
    await visitAsFay()
    fixture.hasProvider = true
  }
  process.stdout.write(`${JSON.stringify(fixture, null, 2)}\n`)
}

async function start(own: object): Promise<TestAuth> {
  const { createTestAuth } = await load('testing/auth.ts')
  const database = { url, async close() {} }
  const databasePath = url.replace(/^sqlite:/, '')
  const auth: TestAuth = await createTestAuth({ settings: own, database, databasePath })
  auth.clock.now = madeAt
  return auth
}

async function signIn(auth: TestAuth) {
  const app = await signedIn(auth, 'app', ann)
  const browser = await signedIn(auth, 'browser', eve)
  const hands = { sessionToken: app.token ?? '', cookies: [...browser.cookies] }
  if (!has('mfa/totp')) return hands
  const { setUpTotp, recoveryCodesOf } = await load('mfa/testing/totp.ts')
  const { addKey } = await load('mfa/testing/keys.ts')
  const { secret } = await setUpTotp(auth, app)
  const passkey: SecurityKey = await addKey(app, { isPasskey: true, key: new SecurityKey() })
  return {
    ...hands,
    sessionToken: app.token ?? '',
    totpSecret: secret,
    recoveryCodes: await recoveryCodesOf(app),
    passkey: passkey.keep(),
  }
}

async function signUpBob(auth: TestAuth) {
  const app = auth.client('app')
  const { status, text } = await app.post('auth/signup', bob)
  assert.equal(status, 401, text)
  return { signupToken: app.token ?? '', signupCode: await auth.secretTo(bob.email) }
}

async function askForReset(auth: TestAuth): Promise<string> {
  const { status } = await auth.client('app').post('auth/password/request', { email: dan.email })
  assert.equal(status, 200)
  const link = await auth.mailTo(dan.email)
  return /key\/(\S+)|\n(\S{20,})\n/.exec(link)?.slice(1).find(Boolean) ?? ''
}

async function signInCleo(auth: TestAuth): Promise<string> {
  const app = auth.client('app')
  const { email, password } = cleo
  const { body, text } = await app.post('auth/login', { email, password })
  assert.ok(body.meta?.refresh_token, text)
  await auth.close()
  return body.meta.refresh_token
}

async function visitAsFay(): Promise<void> {
  const { createSocialAuth, signedInBy } = await load('socialaccount/testing/social.ts')
  const database = { url, async close() {} }
  const auth = await createSocialAuth(settings, { database })
  await signedInBy(auth, fay.sub, fay.email)
  await auth.close()
}

async function signedIn(
  auth: TestAuth,
  kind: 'app' | 'browser',
  { email, password }: typeof eve,
): Promise<TestClient> {
  const client = auth.client(kind)
  const { status, text } = await client.post('auth/login', { email, password })
  assert.equal(status, 200, text)
  return client
}

await main()
