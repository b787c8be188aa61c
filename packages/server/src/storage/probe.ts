import { sql } from 'kysely'
import type { Database } from './open.ts'

/** Asks the database for an answer. @throws whatever its driver says where there is none. */
export async function probe(db: Database): Promise<void> {
  await sql`select 1`.execute(db)
}
