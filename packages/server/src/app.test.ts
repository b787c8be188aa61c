import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'vitest'
import { parse } from 'yaml'
import { routes, stages } from './app.ts'
import { openapiPath } from './spec/openapi-path.ts'

interface Document {
  paths: Record<string, Record<string, { operationId?: string }>>
}

function documentedOperations(): string[] {
  const { paths }: Document = parse(readFileSync(openapiPath(), 'utf8'))
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, it]) => it.operationId)
      .map(([method]) => `${method.toUpperCase()} ${path.replace(/^.*\/v1\//, '')}`),
  )
}

// Answers 409 instead of 405, as the API has it; no operation of the contract.
const undocumented = 'GET auth/code/confirm'

describe('the routes', () => {
  it('are exactly the operations of the contract', () => {
    const served = routes.map(({ method, path }) => `${method} ${path}`)
    const expected = [...documentedOperations(), undocumented]
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
