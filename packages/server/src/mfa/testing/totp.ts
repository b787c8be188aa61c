import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import type { TestAuth } from '../../testing/auth.ts'
import type { TestClient } from '../../testing/client.ts'

/** What an authenticator app of a test holds. */
export interface TestApp {
  secret: string
  /** The code of now, or of so many periods later. */
  code(offset?: number): string
}

/** An authenticator app that has read a secret; it goes by the clock of the test. */
export function appWith(
  auth: { readonly clock: { readonly now: number } },
  secret: string,
  { digits = 6, period = 30 }: { digits?: number; period?: number } = {},
): TestApp {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), digits, period })
  return {
    secret,
    code: (offset = 0) => totp.generate({ timestamp: auth.clock.now + offset * period * 1000 }),
  }
}

/** A code that fits at none of the times that could be meant. */
export function wrongCode(app: TestApp): string {
  const right = [-2, -1, 0, 1, 2].map((offset) => app.code(offset))
  const wrong = ['000000', '111111', '222222', '333333', '444444', '555555']
  const found = wrong.find((it) => !right.includes(it))
  assert.ok(found)
  return found
}

/** The secret that is offered to whoever sets up an authenticator app. */
export async function offeredSecret(client: TestClient): Promise<string> {
  const { status, body } = await client.get('account/authenticators/totp')
  assert.equal(status, 404)
  const { secret } = body.meta as { secret?: string } // held against the contract
  assert.ok(secret)
  return secret
}

/** Sets up an authenticator app for the user of a client. */
export async function setUpTotp(auth: TestAuth, client: TestClient): Promise<TestApp> {
  const app = appWith(auth, await offeredSecret(client))
  const answer = await client.post('account/authenticators/totp', { code: app.code() })
  assert.equal(answer.status, 200, answer.text)
  return app
}

/** The recovery codes that the user of a client can look up; none where they were shown before. */
export async function recoveryCodesOf(client: TestClient): Promise<string[]> {
  const { status, body } = await client.get('account/authenticators/recovery-codes')
  assert.equal(status, 200)
  return (body.data?.unused_codes ?? []) as string[] // held against the contract
}
