import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  DummyDriver,
  Kysely,
  type QueryResult,
  SelectQueryNode,
} from 'kysely'
import type { Migration } from './migration.ts'
import type { DatabaseOrTransaction } from './open.ts'
import type { Tables } from './tables.ts'

/** The statements of a step in the language of the database, none of which is run. */
export async function statementsOf(
  db: DatabaseOrTransaction,
  migration: Migration,
): Promise<readonly CompiledQuery[]> {
  const statements: CompiledQuery[] = []
  await migration.up(collecting(db, statements))
  return statements
}

function collecting(db: DatabaseOrTransaction, statements: CompiledQuery[]): Kysely<Tables> {
  const executor = db.getExecutor()
  const dialect: Dialect = {
    createAdapter: () => executor.adapter,
    createDriver: () => new Collector(statements),
    createIntrospector: () => db.introspection,
    createQueryCompiler: () => executor,
  }
  return new Kysely<Tables>({ dialect })
}

class Collector extends DummyDriver {
  readonly #statements: CompiledQuery[]

  constructor(statements: CompiledQuery[]) {
    super()
    this.#statements = statements
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return {
      executeQuery: async <Row>(statement: CompiledQuery): Promise<QueryResult<Row>> => {
        if (SelectQueryNode.is(statement.query))
          throw new Error('a step of the schema reads nothing')
        this.#statements.push(statement)
        return { rows: [], numAffectedRows: 0n }
      },
      // biome-ignore lint/correctness/useYield: the interface asks for it; nothing here streams.
      async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
        throw new Error('streaming is not supported')
      },
    }
  }
}
