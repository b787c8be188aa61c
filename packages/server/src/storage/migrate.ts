import type { Migration } from './migration.ts'
import { initial } from './migrations/0001-initial.ts'
import { secondFactors } from './migrations/0002-second-factors.ts'
import { sessionLifetimes } from './migrations/0003-session-lifetimes.ts'
import { tokens } from './migrations/0004-tokens.ts'
import { audit } from './migrations/0005-audit.ts'
import { providers } from './migrations/0006-providers.ts'
import { leases } from './migrations/0007-leases.ts'
import type { Database } from './open.ts'

const migrations: readonly Migration[] = [
  initial,
  secondFactors,
  sessionLifetimes,
  tokens,
  audit,
  providers,
  leases,
]

/** The migrations that the database does not have yet, in order. */
export async function pendingMigrations(db: Database): Promise<readonly Migration[]> {
  await db.schema
    .createTable('latchkey_migrations')
    .ifNotExists()
    .addColumn('name', 'varchar(100)', (column) => column.primaryKey())
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .execute()
  const rows = await db.selectFrom('latchkey_migrations').select('name').execute()
  const applied = new Set(rows.map((row) => row.name))
  return migrations.filter((migration) => !applied.has(migration.name))
}

/** Applies what is pending, each step in a transaction of its own. Returns the names of the steps. */
export async function migrate(db: Database, now: () => number): Promise<string[]> {
  const names: string[] = []
  for (const migration of await pendingMigrations(db)) {
    if (await applyOnce(db, migration, now())) names.push(migration.name)
  }
  return names
}

/** False where another process was faster. */
function applyOnce(db: Database, migration: Migration, now: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { name } = migration
    const row = await tx
      .selectFrom('latchkey_migrations')
      .select('name')
      .where('name', '=', name)
      .executeTakeFirst()
    if (row) return false
    await migration.up(tx)
    await tx.insertInto('latchkey_migrations').values({ name, applied_at: now }).execute()
    return true
  })
}
