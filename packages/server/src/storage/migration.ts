import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** One step of the schema: its name says where it stands in the order, and never changes. */
export interface Migration {
  name: string
  up(db: Kysely<Tables>): Promise<void>
}
