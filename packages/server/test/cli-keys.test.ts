import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { afterEach, describe, it } from 'vitest'
import { request } from './http-client.ts'
import { cleanUp, latchkey, makeFolder, startServer, testSecret } from './processes.ts'

afterEach(cleanUp)

const env = {
  SECRET_KEY: testSecret,
  HEADLESS_TOKEN_STRATEGY: 'jwt',
  HEADLESS_JWT_ALGORITHM: 'EdDSA',
}
const json = { email: 'ann@example.test', password: 'correct horse battery' }

describe('latchkey keys', () => {
  it('rotates what a running server signs with, and lists what each key is for', async () => {
    const cwd = makeFolder()
    const server = await startServer({ cwd, env })
    const signedUp = await request(server.url, 'POST', 'auth/signup', { json })
    const { access_token: access = '', refresh_token: refresh = '' } = signedUp.body.meta ?? {}
    const [first = ''] = await kids(server.url)
    const planned = await latchkey(['keys', 'rotate'], { cwd, env })
    assert.deepEqual({ code: planned.code, stderr: planned.stderr }, { code: 0, stderr: '' })
    const { stdout } = await latchkey(['keys', 'list'], { cwd, env })
    assert.match(stdout, new RegExp(`^${first}  EdDSA  signs$`, 'm'))
    assert.match(stdout, new RegExp(`^${planned.stdout.trim()}  EdDSA  signs from \\d{4}-`, 'm'))
    const atOnce = await latchkey(['keys', 'rotate', '--now'], { cwd, env })
    const lines = (await latchkey(['keys', 'list', '--json'], { cwd, env })).stdout
      .trim()
      .split('\n')
    const listed = lines.map((line) => JSON.parse(line))
    assert.equal(listed.length, 3)
    assert.ok(listed.find(({ kid }) => kid === first).retiresAt > Date.now())
    assert.ok(listed.some(({ kid }) => kid === atOnce.stdout.trim()))
    assert.doesNotMatch(lines.join(), /PRIVATE|sealed/)
    const bearer = { headers: { authorization: `Bearer ${access}` } }
    assert.equal((await request(server.url, 'GET', 'auth/session', bearer)).status, 200)
    const traded = await request(server.url, 'POST', 'tokens/refresh', {
      json: { refresh_token: refresh },
    })
    assert.equal(traded.status, 200)
    await latchkey(['keys', 'rotate', '--compromised'], { cwd, env })
    assert.match(
      (await latchkey(['keys', 'list'], { cwd, env })).stdout,
      /^\S+ {2}EdDSA {2}signs\n$/,
    )
  })

  it('prints a key for the settings, and says where the keys are that it can not rotate', async () => {
    const cwd = makeFolder()
    for (const algorithm of ['RS256', 'ES256', 'EdDSA']) {
      const words = ['keys', 'generate', '--algorithm', algorithm]
      const { stdout } = await latchkey(words, { cwd })
      assert.ok(createPrivateKey(stdout))
      const own = { ...env, HEADLESS_JWT_ALGORITHM: algorithm, HEADLESS_JWT_PRIVATE_KEY: stdout }
      const refused = await latchkey(['keys', 'rotate'], { cwd, env: own })
      assert.equal(refused.code, 1)
      assert.match(refused.stderr, /HEADLESS_JWT_PRIVATE_KEY_FALLBACKS/)
      assert.equal((await latchkey(['settings', 'check'], { cwd, env: own })).code, 0)
    }
    const unknown = await latchkey(['keys', 'generate', '--algorithm', 'HS256'], { cwd })
    assert.equal(unknown.code, 2)
    assert.match(unknown.stderr, /HS256 has no key pairs/)
    const shared = { ...env, HEADLESS_JWT_ALGORITHM: 'HS256' }
    const derived = await latchkey(['keys', 'list'], { cwd, env: shared })
    assert.match(derived.stderr, /SECRET_KEY_FALLBACKS/)
    const none = await latchkey(['keys', 'list'], { cwd, env: { SECRET_KEY: testSecret } })
    assert.match(none.stderr, /HEADLESS_TOKEN_STRATEGY/)
    const wrong = { ...env, HEADLESS_JWT_PRIVATE_KEY: 'no key' }
    assert.equal((await latchkey(['settings', 'check'], { cwd, env: wrong })).code, 3)
  })
})

async function kids(url: string): Promise<string[]> {
  const answered = await fetch(`${url}/.well-known/jwks.json`)
  const { keys } = (await answered.json()) as { keys: { kid: string }[] }
  return keys.map(({ kid }) => kid)
}
