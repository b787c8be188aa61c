import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth } from '../testing/auth.ts'
import { activeContract } from '../testing/contract.ts'

// The test client compares every answer of every test with the contract as the settings leave it.
// These make sure that the comparison finds what it looks for.
describe('the contract narrowed to the settings of a server', () => {
  it('has the answers of that server', async () => {
    await using auth = await createTestAuth()
    const { body } = await auth.client('app').get('config')
    activeContract(auth).assert('GET', '/_allauth/app/v1/config', 200, body)
  })

  it('lacks what another server answers', async () => {
    await using auth = await createTestAuth({ settings: { HEADLESS_CLIENTS: ['browser'] } })
    const contract = activeContract(auth)
    const flows = (id: string) => ({
      status: 401,
      data: { flows: [{ id }] },
      meta: { is_authenticated: false },
    })
    const session = '/_allauth/browser/v1/auth/session'
    contract.assert('GET', session, 401, flows('login'))
    const otherFlow = () => contract.assert('GET', session, 401, flows('verify_phone'))
    assert.throws(otherFlow, /getSession 401 does not match/)
    const gone = { ...flows('login'), status: 410 }
    assert.throws(() => contract.assert('GET', session, 410, gone), /has no answer 410/)
    const app = '/_allauth/app/v1/auth/session'
    assert.throws(() => contract.assert('GET', app, 401, flows('login')), /has no such path/)
  })
})
