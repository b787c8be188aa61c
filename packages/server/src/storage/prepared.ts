import type { CompiledQuery } from 'kysely'
import type { Database } from './open.ts'
import { readerOf } from './reader.ts'

/** Marks where a text comes in when the query runs. */
type Hole = (name: string) => string

/**
 * A query for hot paths: Kysely builds and compiles it at its first run, later runs only fill the
 * holes in. Returns the first row, if there is one.
 */
export function compileOnce<Row>(
  build: (db: Database, hole: Hole) => { compile(): CompiledQuery<Row> },
): (db: Database, values: Record<string, string>) => Promise<Row | undefined> {
  // Each database has its own: two in one process may speak different dialects.
  const known = new WeakMap<Database, CompiledQuery<Row>>()
  return async function runCompiled(db, values) {
    const kept = known.get(db)
    const compiled = kept ?? build(db, (name) => `${marker}${name}`).compile()
    const parameters = compiled.parameters.map((it) => fill(it, values))
    const query = { ...compiled, parameters }
    // The first ones go through Kysely, which opens the database and will close it.
    const { rows } = await (kept ? readerOf(db)<Row>(query) : db.executeQuery<Row>(query))
    known.set(db, compiled)
    return rows[0]
  }
}

/** No text of ours begins like this: holes are told apart from constants in the query by it. */
const marker = '\u0000hole:'

function fill(parameter: unknown, values: Record<string, string>): unknown {
  if (typeof parameter !== 'string' || !parameter.startsWith(marker)) return parameter
  const value = values[parameter.slice(marker.length)]
  if (value === undefined) throw new Error('a value for the compiled query is missing')
  return value
}
