import type { EventTable } from '../storage/tables.ts'

/** By name: a later version may have added some, which a prepared `select *` does not survive. */
export const eventColumns = [
  'id',
  'type',
  'user_id',
  'session_id',
  'created_at',
  'ip',
  'user_agent',
  'data',
  'seq',
  'hash',
] as const satisfies readonly (keyof EventTable)[]
