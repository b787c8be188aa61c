import type { Keys } from '../crypto/keys.ts'
import { openMigrated } from '../database.ts'
import { keysFor } from '../parts.ts'
import type { Settings } from '../settings/settings.ts'
import type { Database } from '../storage/open.ts'
import { withKeptSecret } from './development.ts'

// An operator who goes through a long audit log waits longer than somebody who signs in.
const statementTimeoutSeconds = 3600

/** Does something with the database of the settings, its schema up to date, and closes it in any case. */
export async function withDatabase<T>(
  settings: Settings,
  use: (db: Database) => Promise<T>,
): Promise<T> {
  const db = await openMigrated(settings, { now: Date.now, statementTimeoutSeconds })
  try {
    return await use(db)
  } finally {
    await db.destroy()
  }
}

/**
 * The keys that the servers over this database have: that of a development server as well.
 * @throws SettingsError where there is no secret.
 */
export function keysOfServers(settings: Settings): Keys {
  return keysFor(withKeptSecret(settings))
}
