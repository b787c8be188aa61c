// Codes and keys against four processes at once: as many wrong ones are compared as there are
// attempts, and a right one works once, whichever process is asked.
import assert from 'node:assert/strict'
import { beforeAll, describe, it } from 'vitest'
import { password, useCluster } from './cluster.ts'
import { codeIn, type HttpAnswer, tally } from './http-client.ts'
import { until } from './processes.ts'

const cluster = useCluster({
  ACCOUNT_LOGIN_METHODS: 'email,phone',
  ACCOUNT_SIGNUP_FIELDS: 'email*,phone,password1*',
  ACCOUNT_EMAIL_VERIFICATION: 'none',
  ACCOUNT_LOGIN_BY_CODE_ENABLED: 'true',
  ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS: '3',
  ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: 'true',
  ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS: '4',
  ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS: '5',
})

/** A kind of code: how one is asked for, and how it is used. */
interface Kind {
  name: string
  attempts: number
  path: string
  param: string
  /** Who the answer of the one that succeeds has: signed in (200) or not (401). */
  success: string
  ask(name: string): Promise<{ token: string; code: string }>
  use(code: string, n: number): object
}

const kinds: readonly Kind[] = [
  {
    name: 'a login code',
    attempts: 3,
    path: 'auth/code/confirm',
    param: 'code',
    success: '200',
    ask: (name) => askByMail('auth/code/request', name),
    use: (code) => ({ code }),
  },
  {
    name: 'a reset code',
    attempts: 4,
    path: 'auth/password/reset',
    param: 'key',
    success: '401',
    ask: (name) => askByMail('auth/password/request', name),
    use: (key, n) => ({ key, password: `tidy-Walrus-${n}` }),
  },
  {
    name: 'a code for a number, at signup',
    attempts: 5,
    path: 'auth/phone/verify',
    param: 'code',
    success: '200',
    async ask(name) {
      const phone = numberOf(name)
      const signup = { email: `${name}@example.org`, phone, password }
      const answer = await cluster.ask('POST', 'auth/signup', { json: signup })
      assert.equal(answer.outcome, '401')
      return { token: tokenOf(answer), code: await cluster.codeAt(phone) }
    },
    use: (code) => ({ code }),
  },
]

describe.each(kinds)('$name', ({ ask, use, path, attempts, success }) => {
  it('is compared as often as there are attempts, of 200 wrong ones at once', async () => {
    const { token, code } = await ask(`guessed-${attempts}`)
    const wrong = code === 'BBBB-BBBB' ? 'CCCC-CCCC' : 'BBBB-BBBB'
    const answers = await cluster.atOnce(200, 'POST', path, (n) => ({
      token,
      json: use(wrong, n),
    }))
    assert.deepEqual(tally(answers), { '400 incorrect_code': attempts, '409': 200 - attempts })
    const late = await cluster.ask('POST', path, { token, json: use(code, 0) })
    assert.equal(late.outcome, '409')
  })

  it('works once, of 50 uses at once', async () => {
    const { token, code } = await ask(`once-${attempts}`)
    const answers = await cluster.atOnce(50, 'POST', path, (n) => ({ token, json: use(code, n) }))
    const { [success]: won, '409': conflicts = 0, '410': gone = 0, ...others } = tally(answers)
    assert.deepEqual({ won, others }, { won: 1, others: {} })
    assert.equal(conflicts + gone, 49)
  })
})

describe('what is counted for a target', () => {
  it('lets three of 50 requests for a login code through', async () => {
    const email = 'flooded@example.org'
    const answers = await cluster.atOnce(50, 'POST', 'auth/code/request', () => ({
      json: { email },
    }))
    assert.deepEqual(tally(answers), { '401': 3, '400 too_many_login_attempts': 47 })
    await cluster.allMailSent()
    assert.equal(cluster.mailsTo(email).length, 3)
  })

  it('lets five of 50 requests for a reset through', async () => {
    const email = 'reset-flood@example.org'
    const answers = await cluster.atOnce(50, 'POST', 'auth/password/request', () => ({
      json: { email },
    }))
    assert.deepEqual(tally(answers), { '401': 5, '429': 45 })
  })
})

beforeAll(async () => {
  for (const name of ['guessed-3', 'once-3', 'guessed-4', 'once-4']) {
    await cluster.signUp(`${name}@example.org`, '200')
  }
})

async function askByMail(path: string, name: string) {
  const email = `${name}@example.org`
  const answer = await cluster.ask('POST', path, { json: { email } })
  assert.equal(answer.outcome, '401')
  const mail = await until(`a mail to ${email}`, () => cluster.mailsTo(email)[0])
  return { token: tokenOf(answer), code: codeIn(mail) }
}

function tokenOf({ body }: HttpAnswer): string {
  return body.meta?.session_token ?? ''
}

function numberOf(name: string): string {
  return `+3161234${String(name.length).padStart(4, '0')}`
}
