import { describe, expect, it } from 'vitest'
import { assertAnswer } from './contract.ts'

const login = '/_allauth/app/v1/auth/login'

describe('assertAnswer', () => {
  it('accepts what the contract describes', () => {
    expect(() => assertAnswer('POST', login, 409, { status: 409 })).not.toThrow()
    expect(() =>
      assertAnswer('get', '/_allauth/browser/v1/auth/session?x=1', 401, stranger),
    ).not.toThrow()
  })

  it('names the operation, the status and the fault when the body does not fit', () => {
    expect(() => assertAnswer('POST', login, 409, { status: 409, extra: 1 })).toThrow(
      /^logIn 409 does not match the contract: the body must NOT have additional properties/,
    )
    const odd = { ...stranger, meta: { is_authenticated: null } }
    expect(() => assertAnswer('POST', login, 401, odd)).toThrow('/meta/is_authenticated must be')
  })

  it('refuses a status that the operation does not have', () => {
    expect(() => assertAnswer('POST', login, 418, { status: 418 })).toThrow(
      'no answer 418 for logIn',
    )
  })

  it('refuses a path that does not exist', () => {
    expect(() => assertAnswer('GET', `${login}/`, 200, {})).toThrow('no such path')
    expect(() => assertAnswer('GET', '/_allauth/web/v1/config', 200, {})).toThrow('no such path')
  })

  it('refuses JSON where an answer has no body', () => {
    const path = '/_allauth/browser/v1/auth/provider/redirect'
    expect(() => assertAnswer('POST', path, 302, {})).toThrow('redirectToProvider 302 is not JSON')
  })

  it('takes for a foreign method what the path answers to others', () => {
    const gone = { ...stranger, status: 410 }
    expect(() => assertAnswer('PUT', '/_allauth/app/v1/config', 410, gone)).not.toThrow()
    expect(() => assertAnswer('PUT', '/_allauth/app/v1/config', 409, gone)).toThrow('no answer 409')
  })
})

const stranger = {
  status: 401,
  data: { flows: [{ id: 'login' }, { id: 'signup' }] },
  meta: { is_authenticated: false },
}
