import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { defineSettings, readSettingsFile } from './file.ts'
import { loadSettings } from './load.ts'
import { SettingsError } from './settings-error.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-settings-'))
})
afterEach(() => rm(folder, { recursive: true }))

const write = (name: string, content: string) => writeFile(join(folder, name), content)

describe('readSettingsFile', () => {
  it('answers undefined when there is no file', async () => {
    assert.equal(await readSettingsFile(folder), undefined)
  })

  it.each([
    ['latchkey.config.ts', 'export default { server: { port: 1 as number } }'],
    ['latchkey.config.ts', 'export const settings: object = { server: { port: 1 } }'],
    ['latchkey.config.mjs', 'export default { server: { port: 1 } }'],
    ['latchkey.config.json', '{ "server": { "port": 1 } }'],
  ])('reads %s: %s', async (name, content) => {
    await write(name, content)
    assert.deepEqual(await readSettingsFile(folder), { server: { port: 1 } })
  })

  it('reads latchkey.config.js of a package of modules', async () => {
    await write('package.json', '{ "type": "module" }')
    await write('latchkey.config.js', 'export default { PORT: 2 }')
    assert.deepEqual(await readSettingsFile(folder), { PORT: 2 })
  })

  it('prefers TypeScript', async () => {
    await write('latchkey.config.json', '{ "PORT": 1 }')
    await write('latchkey.config.ts', 'export default { PORT: 2 }')
    assert.deepEqual(await readSettingsFile(folder), { PORT: 2 })
  })

  it('refuses a module without settings', async () => {
    await write('latchkey.config.mjs', 'export const other = 1')
    await assert.rejects(readSettingsFile(folder), /expected a default export/)
  })

  it('says which module cannot be loaded, and keeps the cause', async () => {
    await write('latchkey.config.mjs', 'throw new Error("inside")')
    await assert.rejects(readSettingsFile(folder), (error) => {
      assert.ok(error instanceof SettingsError)
      assert.match(error.message, /latchkey\.config\.mjs: cannot be loaded/)
      return error.cause instanceof Error
    })
  })

  it('does not quote JSON that it cannot read', async () => {
    await write('latchkey.config.json', '{"SECRET_KEY":hunter2}')
    await assert.rejects(readSettingsFile(folder), (error) => {
      assert.ok(error instanceof SettingsError)
      assert.match(error.message, /latchkey\.config\.json: expected JSON/)
      assert.equal(error.cause, undefined)
      return !error.message.includes('hunter2')
    })
  })
})

describe('defineSettings', () => {
  it('types settings the way they are given', () => {
    const file = defineSettings({
      account: {
        signupFields: ['email*', 'username'],
        rateLimits: { login: '1/h' },
        emailVerificationSupportsResend: true,
        loginByCodeFormat: { numeric: true },
        emailVerification: true,
      },
      server: {
        secureProxySslHeader: ['X-Forwarded-Proto', 'https'],
        authPasswordValidators: [{ NAME: 'CommonPasswordValidator' }],
        sessionCookieSamesite: false,
      },
      MFA_TOTP_DIGITS: 8,
    })
    const { settings } = loadSettings({ file })
    assert.equal(settings.account.emailVerificationSupportsResend, 2)
    assert.equal(settings.mfa.totpDigits, 8)
  })

  it('refuses mistakes', () => {
    // @ts-expect-error the group is misspelled
    defineSettings({ acount: {} })
    // @ts-expect-error the setting is misspelled
    defineSettings({ account: { logintimeout: 1 } })
    // @ts-expect-error there is no such field
    defineSettings({ account: { signupFields: ['password*'] } })
  })
})
