import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { appWith } from '../../server/src/mfa/testing/totp.ts'
import { SecurityKey } from '../../server/src/testing/security-key.ts'
import type { Client, Input, OperationName } from '../src/index.ts'
import { operations } from '../src/operations.ts'
import { ann, startServer, type TestServer } from './testing/server.ts'

const callbackUrl = 'com.example.app:/signed-in'
const settings = {
  HEADLESS_TOKEN_STRATEGY: 'jwt',
  HEADLESS_JWT_ALGORITHM: 'HS256',
  ACCOUNT_LOGIN_METHODS: ['email', 'phone'],
  ACCOUNT_SIGNUP_FIELDS: ['email*', 'phone', 'password1*'],
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: true,
  ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND: true,
  ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
  ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND: true,
  ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true,
  MFA_SUPPORTED_TYPES: ['recovery_codes', 'totp', 'webauthn'],
  MFA_PASSKEY_LOGIN_ENABLED: true,
  MFA_PASSKEY_SIGNUP_ENABLED: true,
  SOCIALACCOUNT_APP_CALLBACK_URLS: [callbackUrl],
}

let server: TestServer
const seen = new Set<string>()

beforeAll(async () => {
  server = await startServer(settings, [ann])
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** An app that takes down which operations were answered otherwise than by a refusal of the address. */
function app(): Client {
  const client = server.app()
  const watched = Object.fromEntries(
    Object.keys(operations).map((name) => {
      // The table has the names of the operations.
      const operation = client[name as OperationName] as (input?: object) => Promise<object>
      return [
        name,
        async (input?: object) => {
          const answer = await operation(input)
          seen.add(name)
          return answer
        },
      ]
    }),
  )
  return Object.assign(client, watched)
}

async function signedIn(): Promise<Client> {
  const client = app()
  const { status } = await client.logIn({ email: ann.email, password: ann.password })
  assert.equal(status, 200)
  return client
}

/** What a browser makes of options; the key has the form that the contract wants. */
const shown = (credential: unknown) => credential as Input<'logInWithWebAuthn'>['credential']

describe('every operation', () => {
  it('of signing up and in works', async () => {
    const client = app()
    const cleo = { email: 'cleo@example.org', password: 'amber-Lantern-12' }
    assert.equal((await client.getConfiguration()).status, 200)
    assert.equal((await client.signUp(cleo)).status, 401)
    assert.equal((await client.resendEmailVerification()).status, 200)
    const key = await server.auth.secretTo(cleo.email)
    assert.equal((await client.getEmailVerification({ key })).status, 200)
    assert.equal((await client.verifyEmail({ key })).status, 200)
    assert.equal((await client.getSession()).status, 200)
    assert.equal((await client.reauthenticate({ password: cleo.password })).status, 200)

    const phone = '+31612345678'
    assert.equal((await client.changePhoneNumber({ phone })).status, 202)
    // Only a login that waits for it can have it sent once more.
    assert.equal((await client.resendPhoneVerification()).status, 409)
    const code = await server.auth.secretTo(phone)
    assert.equal((await client.verifyPhone({ code })).status, 200)
    const numbers = await client.listPhoneNumbers()
    assert.ok(numbers.status === 200 && numbers.data[0]?.verified)

    const new_password = 'basalt-Otter-42'
    const change = { current_password: cleo.password, new_password }
    assert.equal((await client.changePassword(change)).status, 200)
    assert.equal((await client.logOut()).status, 401)

    assert.equal((await client.requestLoginCode({ email: cleo.email })).status, 401)
    assert.equal((await client.resendLoginCode()).status, 200)
    const login = { code: await server.auth.secretTo(cleo.email) }
    assert.equal((await client.confirmLoginCode(login)).status, 200)
    assert.equal((await client.logOut()).status, 401)

    assert.equal((await client.requestPasswordReset({ email: cleo.email })).status, 401)
    const reset = await server.auth.secretTo(cleo.email)
    assert.equal((await client.getPasswordReset({ key: reset })).status, 200)
    const renewed = await client.resetPassword({ key: reset, password: cleo.password })
    assert.equal(renewed.status, 401)
  })

  it('of the account works', async () => {
    const client = await signedIn()
    const email = 'second@example.org'
    assert.equal((await client.addEmailAddress({ email })).status, 200)
    assert.equal((await client.requestEmailVerification({ email })).status, 200)
    const addresses = await client.listEmailAddresses()
    assert.ok(addresses.status === 200 && addresses.data.length === 2)
    const primary = { email: ann.email, primary: true as const }
    assert.equal((await client.makeEmailAddressPrimary(primary)).status, 200)
    assert.equal((await client.removeEmailAddress({ email })).status, 200)

    const other = await signedIn()
    const sessions = await client.listSessions()
    assert.equal(sessions.status, 200)
    const others = sessions.data.filter((it) => !it.is_current).map(({ id }) => id)
    assert.equal((await client.endSessions({ sessions: others })).status, 200)
    assert.equal((await other.getSession()).status, 401)

    const refresh_token = (await client.settings.tokens.get('refresh')) ?? ''
    assert.equal((await client.refreshTokens({ refresh_token })).status, 200)
  })

  it('of second factors works', async () => {
    const client = await signedIn()
    const offered = await client.getTotp({ totp_svg: true })
    assert.equal(offered.status, 404)
    assert.match(offered.meta.totp_svg ?? '', /<svg/)
    const totp = appWith(server.auth, offered.meta.secret)
    assert.equal((await client.activateTotp({ code: totp.code() })).status, 200)
    const codes = await client.getRecoveryCodes()
    assert.equal(codes.status, 200)
    assert.equal((await client.generateRecoveryCodes()).status, 200)

    const key = new SecurityKey()
    const made = await client.getWebAuthnCreationOptions({ passwordless: true })
    assert.equal(made.status, 200)
    const credential = shown(key.create(made.data.creation_options))
    const added = await client.addWebAuthn({ name: 'Phone', credential })
    assert.equal(added.status, 200)
    const { id } = added.data
    const renamed = await client.renameWebAuthn({ id, name: 'Old phone' })
    assert.ok(renamed.status === 200 && renamed.data.name === 'Old phone')
    const listed = await client.listAuthenticators()
    assert.ok(listed.status === 200)
    assert.deepEqual(listed.data.map(({ type }) => type).sort(), [
      'recovery_codes',
      'totp',
      'webauthn',
    ])

    const again = await client.getWebAuthnReauthenticationOptions()
    assert.equal(again.status, 200)
    const proof = shown(key.get(again.data.request_options))
    assert.equal((await client.reauthenticateWithWebAuthn({ credential: proof })).status, 200)
    server.auth.clock.advance(60)
    assert.equal((await client.reauthenticateWithCode({ code: totp.code() })).status, 200)

    await withCode(totp.code)
    await withKey(key)
    await alone(key)
    assert.equal((await client.removeWebAuthn({ authenticators: [id] })).status, 200)
    assert.equal((await client.deactivateTotp()).status, 200)
  })

  async function withCode(code: () => string) {
    const client = app()
    const first = await client.logIn({ email: ann.email, password: ann.password })
    assert.equal(first.status, 401)
    server.auth.clock.advance(60)
    assert.equal((await client.authenticateWithCode({ code: code() })).status, 200)
  }

  async function withKey(key: SecurityKey) {
    const client = app()
    await client.logIn({ email: ann.email, password: ann.password })
    const asked = await client.getWebAuthnAuthenticationOptions()
    assert.equal(asked.status, 200)
    const credential = shown(key.get(asked.data.request_options))
    assert.equal((await client.authenticateWithWebAuthn({ credential })).status, 200)
  }

  async function alone(key: SecurityKey) {
    const client = app()
    const asked = await client.getWebAuthnLoginOptions()
    assert.equal(asked.status, 200)
    const credential = shown(key.get(asked.data.request_options))
    assert.equal((await client.logInWithWebAuthn({ credential })).status, 200)
  }

  it('of signing up with a passkey works', async () => {
    const client = app()
    const email = 'nina@example.org'
    assert.equal((await client.startPasskeySignup({ email })).status, 401)
    const verified = await client.verifyEmail({ key: await server.auth.secretTo(email) })
    assert.equal(verified.status, 401)
    const asked = await client.getPasskeySignupOptions()
    assert.equal(asked.status, 200)
    const credential = shown(new SecurityKey().create(asked.data.creation_options))
    assert.equal((await client.completePasskeySignup({ credential })).status, 200)
    assert.equal(client.state.status, 'signed-in')
  })

  it('of providers works', async () => {
    const { auth } = server
    const client = app()
    const handOver = async (sub: string, claims: object, to = client) => {
      const id_token = await auth.idp.idToken({ sub, ...claims })
      const token = { client_id: 'latchkey', id_token }
      return to.logInWithProviderToken({ provider: 'idp', process: 'login', token })
    }
    assert.equal((await handOver('1', {})).status, 401)
    assert.equal(client.state.status, 'pending')
    assert.equal(client.state.pending.id, 'provider_signup')
    assert.equal((await client.getProviderSignup()).status, 200)
    const email = 'otto@example.org'
    assert.equal((await client.completeProviderSignup({ email })).status, 401)
    const verified = await client.verifyEmail({ key: await auth.secretTo(email) })
    assert.equal(verified.status, 200)
    const accounts = await client.listProviderAccounts()
    assert.ok(accounts.status === 200 && accounts.data[0]?.uid === '1')
    // It is the only way in.
    const gone = await client.disconnectProviderAccount({ provider: 'idp', account: '1' })
    assert.equal(gone.status, 400)

    const traveller = app()
    const code_verifier = randomBytes(32).toString('base64url')
    const code_challenge = createHash('sha256').update(code_verifier).digest('base64url')
    const way = { provider: 'idp', process: 'login' as const, callback_url: callbackUrl }
    const begun = await traveller.beginProviderRedirect({ ...way, code_challenge })
    assert.equal(begun.status, 200)
    const back = auth.idp.signIn(begun.data.url, { sub: '1' })
    const path = '/accounts/oidc/idp/login/callback/'
    const came = await fetch(`${server.url}${path}?${back}`, { redirect: 'manual' })
    const opened = new URL(came.headers.get('location') ?? '')
    const code = opened.searchParams.get('code') ?? ''
    const redeemed = await traveller.redeemProviderCode({ code, code_verifier })
    assert.equal(redeemed.status, 200)
    assert.equal(traveller.state.status, 'signed-in')
  })

  it('of the account as a whole works', async () => {
    const client = app()
    const portal = await client.getPortal()
    assert.ok(portal.status === 200 && portal.data.can_delete_account)
    const pia = { email: 'pia@example.org', password: 'copper-Fjord-58' }
    assert.equal((await client.signUp(pia)).status, 401)
    await client.verifyEmail({ key: await server.auth.secretTo(pia.email) })
    const account = await client.getAccount()
    assert.ok(account.status === 200 && account.data.user.email === pia.email)
    const updated = await client.updateAccount({ language: 'de' })
    assert.ok(updated.status === 200 && updated.data.language === 'de')
    await client.reauthenticate({ password: pia.password })
    const exported = await client.exportAccount()
    assert.ok(exported.status === 200 && exported.data.email_addresses.length === 1)
    assert.equal((await client.deleteAccount()).status, 401)
    assert.equal(client.state.status, 'signed-out')
    assert.equal(await client.settings.tokens.get('session'), null)
  })

  it('was asked for here, but for the one that only browsers have', () => {
    const missing = Object.keys(operations).filter((name) => !seen.has(name))
    assert.deepEqual(missing, ['trustBrowser'])
  })
})
