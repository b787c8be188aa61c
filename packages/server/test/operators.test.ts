// What an operator does to a user, with two servers over one database: neither needs to be told.
import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'vitest'
import { type HttpRequest, request } from './http-client.ts'
import { cleanUp, latchkey, makeFolder, startServer, testSecret } from './processes.ts'

afterEach(cleanUp)

const env = { SECRET_KEY: testSecret, ACCOUNT_EMAIL_VERIFICATION: 'none' }
const ann = { email: 'ann@example.org', username: 'ann', password: 'correct horse battery' }

/** Two servers, and Ann with a session that both have seen. */
async function start() {
  const cwd = makeFolder()
  const input = JSON.stringify(ann)
  const created = await latchkey(['users', 'create'], { cwd, env, input })
  const servers = await Promise.all([startServer({ cwd, env }), startServer({ cwd, env })])
  const [here, there] = servers.map(
    ({ url }) =>
      (method: string, path: string, options?: HttpRequest) =>
        request(url, method, path, options),
  )
  assert.ok(here && there)
  const login = (at: typeof here) => at('POST', 'auth/login', { json: ann })
  const token = (await login(here)).body.meta?.session_token
  for (const at of [here, there]) {
    assert.equal((await at('GET', 'auth/session', { token })).status, 200)
  }
  const users = async (...words: string[]) => {
    const { code, stdout, stderr } = await latchkey(['users', ...words], { cwd, env })
    return { code, said: `${stdout}${stderr}` }
  }
  return { here, there, login, token, users, id: created.stdout.trim() }
}

describe('latchkey users deactivate and activate', () => {
  it('have every server refuse at once, and let the user in again', async () => {
    const { here, there, login, token, users, id } = await start()
    assert.deepEqual(await users('deactivate', '--email', 'Ann@Example.org'), {
      code: 0,
      said: `${id}\n`,
    })
    assert.equal((await there('GET', 'account/email', { token })).status, 401)
    assert.equal((await here('GET', 'auth/session', { token })).status, 410)
    for (const at of [here, there]) assert.equal((await login(at)).status, 401)

    assert.deepEqual(await users('activate', '--username', 'Ann'), { code: 0, said: `${id}\n` })
    assert.equal((await there('GET', 'auth/session', { token })).status, 410)
    for (const at of [there, here]) assert.equal((await login(at)).status, 200)
  })
})

describe('latchkey users delete', () => {
  it('has every server refuse at once, for good', async () => {
    const { here, there, login, token, users, id } = await start()
    assert.deepEqual(await users('delete', '--id', id, '--yes'), { code: 0, said: `${id}\n` })
    for (const at of [there, here]) {
      assert.equal((await at('GET', 'auth/session', { token })).status, 410)
      assert.equal((await login(at)).outcome, '400 email_password_mismatch')
    }
    const again = await users('delete', '--id', id, '--yes')
    assert.equal(again.code, 1)
    assert.match(again.said, /^latchkey users delete: there is no such user: /)
  })

  it('needs --yes, and one user', async () => {
    const { there, token, users } = await start()
    const unsure = await users('delete', '--email', ann.email)
    assert.equal(unsure.code, 2)
    assert.match(unsure.said, /add --yes/)
    for (const words of [[], ['--email', ann.email, '--username', 'ann']]) {
      const { code, said } = await users('delete', '--yes', ...words)
      assert.equal(code, 2)
      assert.match(said, /expected --email, --username or --id/)
    }
    assert.equal((await there('GET', 'auth/session', { token })).status, 200)
  })
})
