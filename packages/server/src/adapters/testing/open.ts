import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Auth, createAuth } from '../../auth.ts'
import { createMailbox } from '../../delivery/memory.ts'
import type { SettingsInput } from '../../settings/input.ts'

/** An instance for one test, with what was logged as an error. */
export interface OpenAuth extends AsyncDisposable {
  auth: Auth
  errors: unknown[]
}

/** Opens an instance of the library as a program does. */
export async function openAuth(settings: SettingsInput = {}): Promise<OpenAuth> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'))
  const { mail, sms } = createMailbox(Date.now)
  const errors: unknown[] = []
  const log = { info() {}, warn() {}, error: (details: object) => void errors.push(details) }
  const auth = await createAuth(
    {
      SECRET_KEY: 'a secret that only the tests know, long enough',
      DATABASE_PATH: join(folder, 'test.sqlite3'),
      ...settings,
    },
    { mail, sms, log },
  )
  return {
    auth,
    errors,
    async [Symbol.asyncDispose]() {
      await auth.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
