// The client as it is published, on what apps run on, against a real server.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFileSync, globSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { installPacked } from '../../packages/client/test/testing/packed.ts'
import { startServer, type TestServer } from '../../packages/client/test/testing/server.ts'

const run = promisify(execFile)
const here = import.meta.dirname
const modules = join(here, 'node_modules')
const folder = mkdtempSync(join(tmpdir(), 'latchkey-runtimes-'))

const runtimes: readonly [name: string, program: string, words: readonly string[]][] = [
  ['Node.js', process.execPath, []],
  ['Bun', join(modules, '.bin/bun'), ['run']],
  ['Deno', join(modules, '.bin/deno'), ['run', '--no-prompt', '--allow-net=127.0.0.1,localhost']],
]

beforeAll(async () => {
  await installPacked(folder)
  for (const program of globSync(join(here, 'programs/*.mjs'))) {
    copyFileSync(program, join(folder, basename(program)))
  }
  for (const name of ['react', 'react-test-renderer']) {
    symlinkSync(join(modules, name), join(folder, 'node_modules', name))
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a program with the address of a server, and returns what it told. */
async function tell(program: string, words: readonly string[]): Promise<unknown> {
  const { stdout } = await run(program, words, { cwd: folder, timeout: 30_000 })
  return JSON.parse(stdout)
}

/** A server that also does what programs can not do by themselves. */
async function startWithHelp(): Promise<TestServer> {
  const server = await startServer({
    ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
    ACCOUNT_REAUTHENTICATION_REQUIRED: true,
    ACCOUNT_RATE_LIMITS: false,
    HEADLESS_TOKEN_STRATEGY: 'jwt',
    HEADLESS_JWT_ALGORITHM: 'HS256',
    MFA_SUPPORTED_TYPES: ['webauthn'],
    MFA_PASSKEY_LOGIN_ENABLED: true,
  })
  server.before = async (what) => {
    if (what.endsWith('/test/code')) {
      return { status: 200, body: await server.auth.secretTo('cleo@example.org') }
    }
    if (what.endsWith('/test/later')) {
      server.auth.clock.advance(3600)
      return { status: 204 }
    }
    return what.endsWith('/test/never') ? new Promise(() => {}) : undefined
  }
  return server
}

describe('the published client', () => {
  it.each(runtimes)('signs up, renews, resumes and signs out on %s', async (_, program, words) => {
    await using server = await startWithHelp()
    const told = await tell(program, [...words, 'app.mjs', server.url])
    assert.deepEqual(told, {
      kind: 'app',
      signup: [401, 'verify_email'],
      wrongCode: ['incorrect_code'],
      verified: 200,
      user: 'cleo@example.org',
      sameToken: 1,
      renewedOnce: true,
      resumed: 200,
      endedElsewhere: [401, 'signed-out', 0],
      loggedOut: 401,
      passkey: 'unexpected',
      aborted: 'aborted',
      timeout: 'timeout',
      network: 'network',
      states: ['pending', 'signed-in', 'reauthentication', 'signed-in', 'signed-out'],
    })
    assert.equal(server.count('POST tokens/refresh'), 1)
  })

  it('has hooks that run in React 18', async () => {
    await using server = await startServer()
    assert.deepEqual(await tell(process.execPath, ['hooks.mjs', server.url]), {
      version: '18',
      shown: [
        'signed-out login',
        'signed-out login email_password_mismatch',
        'signed-in 1',
        'signed-out login',
      ],
    })
  })

  it('has no syntax that Hermes, the engine of React Native, does not know', async () => {
    // As a bundler of React Native hands it over, but with no syntax of it made older.
    const bundle = await rolldown({
      input: ['index', 'react'].map((name) =>
        join(folder, `node_modules/@latchkey/client/${name}.js`),
      ),
      external: ['react'],
      onLog() {},
    })
    const { output } = await bundle.generate({ format: 'cjs' })
    const hermesc = join(modules, 'hermes-compiler/hermesc', hermesFolder(), 'hermesc')
    for (const chunk of output) {
      if (chunk.type !== 'chunk') continue
      const file = join(folder, chunk.fileName)
      writeFileSync(file, chunk.code)
      await run(hermesc, ['-O', '-Werror', '-emit-binary', '-out', `${file}.hbc`, file])
    }
  })
})

function hermesFolder(): string {
  return process.platform === 'darwin' ? 'osx-bin' : 'linux64-bin'
}
