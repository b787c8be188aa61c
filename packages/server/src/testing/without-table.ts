import type { Database } from '../storage/open.ts'

/** Does something while a table is away, so that queries fail; it comes back with its rows. */
export async function withoutTable(
  db: Database,
  table: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const hidden = `hidden_${table}`
  await db.schema.alterTable(table).renameTo(hidden).execute()
  try {
    await work()
  } finally {
    await db.schema.alterTable(hidden).renameTo(table).execute()
  }
}
