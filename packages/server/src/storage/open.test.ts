import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { describe, it } from 'vitest'
import { SettingsError } from '../settings/settings-error.ts'
import { openDatabase } from './open.ts'

describe('an address that a driver can not read', () => {
  it.each([
    'postgres://u:hunter22@host:99999/x',
    'postgres://u:hunt/er22@host/x',
    'mysql://u:hunter22@host:99999/x',
    'mysql://u:hunter22%@host/x',
  ])('is refused without a word of it: %s', async (url) => {
    const db = openDatabase(url)
    await assert.rejects(db.selectFrom('users').selectAll().execute(), (error) => {
      assert.ok(error instanceof SettingsError, inspect(error))
      assert.doesNotMatch(inspect(error), /hunt/)
      return true
    })
    await db.destroy()
  })
})
