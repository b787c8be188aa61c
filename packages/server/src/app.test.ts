import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { routes, stages } from './app.ts'
import { parseContract } from './spec/contract.ts'
import { operationsOf } from './spec/operations.ts'

async function documentedOperations(): Promise<string[]> {
  const operations = operationsOf(await parseContract())
  return operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
}

describe('the routes', () => {
  it('are exactly the operations of the contract', async () => {
    const served = routes.map(
      ({ method, path, root = '_allauth', clients }) =>
        `${method} /${root}/${clients?.length === 1 ? clients[0] : '{client}'}/v1/${path}`,
    )
    const expected = await documentedOperations()
    assert.deepEqual(served.sort(), expected.sort())
  })
})

describe('the stages', () => {
  it('stand in the order that clients see', () => {
    const order = stages.map(({ id }) => id)
    assert.deepEqual(order, [
      'login_by_code',
      'verify_phone',
      'verify_email',
      'mfa_authenticate',
      'mfa_trust',
      'mfa_signup_webauthn',
    ])
  })
})
