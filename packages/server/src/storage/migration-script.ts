import type { CompiledQuery } from 'kysely'
import type { PendingStep } from './migrate.ts'
import { createRecord, isBegun, noteAgain, noteFirst } from './migration-record.ts'
import { statementsOf } from './migration-statements.ts'
import type { Database } from './open.ts'

/**
 * The steps as a script in the language of the database, for somebody to read, or to run in place of
 * `latchkey migrate`.
 */
export async function scriptOf(
  db: Database,
  pending: readonly PendingStep[],
  now: number,
): Promise<string> {
  const steps = await Promise.all(pending.map((step) => linesOf(db, step, now)))
  return [written(createRecord(db).compile()), ...steps.flat(), ''].join('\n')
}

async function linesOf(
  db: Database,
  { migration, progress }: PendingStep,
  now: number,
): Promise<string[]> {
  const { name } = migration
  const statements = (await statementsOf(db, migration)).slice(progress.done)
  const note = isBegun(progress) ? noteAgain(db, name, now) : noteFirst(db, name, now)
  const lines = [...statements, note.compile()].map(written)
  const { supportsTransactionalDdl } = db.getExecutor().adapter
  return [
    '',
    `-- ${name}${isBegun(progress) ? ': the rest of it' : ''}`,
    ...(progress.isUncertain ? ['-- It was interrupted: its next statement may be done.'] : []),
    ...(supportsTransactionalDdl ? ['begin;', ...lines, 'commit;'] : lines),
  ]
}

/** A statement with its values in it. */
function written({ sql, parameters }: CompiledQuery): string {
  const values = [...parameters]
  const text = sql.replace(/\$\d+|\?/g, () => literal(values.shift()))
  if (values.length > 0) throw new Error(`a value has no place: ${sql}`)
  return `${text};`
}

function literal(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'number') return String(value)
  // Databases do not agree on what a backslash means in a text.
  if (typeof value === 'string' && !value.includes('\\')) return `'${value.replaceAll("'", "''")}'`
  throw new Error('a step has a value that can not be printed')
}
