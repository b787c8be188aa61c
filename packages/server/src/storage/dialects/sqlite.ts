import {
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type DropIndexNode,
  type QueryResult,
  type SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { SettingsError } from '../../settings/settings-error.ts'
import { isDatabaseBusy } from '../errors.ts'
import type { ReadingDialect } from '../reader.ts'

const keptStatements = 500
/** How much of the file hot reads have in their address space: of a large one, each page would be a call. */
const mappedBytes = 2 ** 31 - 65_536
const mostTries = 50
const pauseMs = 20

/**
 * Kysely over Node's own SQLite: one connection, kept statements, transactions one after the other. Hot reads
 * have a connection beside it, so that they wait for no transaction.
 */
export function sqliteDialect(path: string): ReadingDialect {
  const driver = new SqliteDriver(path)
  return {
    createAdapter: () => new Adapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteCompiler(),
    // What is in memory is seen by one connection alone.
    ...(path !== ':memory:' && path !== '' && { read: (query) => driver.read(query) }),
  }
}

/** A transaction that writes is the only one: it needs no lock beside that. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class SqliteCompiler extends SqliteQueryCompiler {
  /** A transaction has the whole file to itself: there is nothing to say `for update` for. */
  protected override visitSelectQuery({ endModifiers: _, ...node }: SelectQueryNode): void {
    super.visitSelectQuery(node)
  }

  /** Names of indexes are unique by themselves; only MySQL wants the table as well. */
  protected override visitDropIndex({ table: _, ...node }: DropIndexNode): void {
    super.visitDropIndex(node)
  }
}

class SqliteDriver implements Driver {
  readonly #path: string
  #connection: SqliteConnection | undefined
  #reader: Promise<SqliteConnection> | undefined
  /** Ends when the connection is free: a transaction keeps it across its statements. */
  #turn: Promise<void> = Promise.resolve()
  #endTurn: () => void = () => {}

  constructor(path: string) {
    this.#path = path
  }

  async init(): Promise<void> {
    this.#connection = await connect(this.#path)
  }

  /** Runs a read beside whatever transaction there is: it sees what was committed. */
  async read<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (!this.#connection) throw closedError()
    this.#reader ??= connect(this.#path, mappedBytes).catch((error: unknown) => {
      this.#reader = undefined
      throw error
    })
    return (await this.#reader).executeQuery<Row>(query)
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#turn
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#turn = promise
    await before
    this.#endTurn = resolve
    if (this.#connection) return this.#connection
    // Whoever gets no connection releases none, and the next one must not wait for that.
    resolve()
    throw closedError()
  }

  async releaseConnection(): Promise<void> {
    this.#endTurn()
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    // Immediate: a transaction that only turns into a writer later may fail without waiting its turn.
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // SQLite itself undoes a transaction on a full disk; a second time would hide why.
    if (!this.#connection?.isInTransaction) return
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {
    this.#connection?.close()
    this.#connection = undefined
    await this.#reader?.then((reader) => reader.close())
  }
}

async function connect(path: string, mapped = 0): Promise<SqliteConnection> {
  const database = await openFile(path)
  database.exec(`pragma mmap_size = ${mapped}`)
  return new SqliteConnection(database)
}

function closedError(): Error {
  return new Error('the database is closed')
}

interface PreparedStatement {
  statement: StatementSync
  /** Their names; none where it returns no rows. */
  columns: readonly string[]
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, PreparedStatement>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, columns } = this.#prepare(query.sql)
    // Kysely types parameters as unknown; tables.ts admits only text, numbers and null.
    const parameters = query.parameters as readonly SQLInputValue[]
    if (columns.length > 0) {
      // The types do not know that the statement returns rows as arrays.
      const found = statement.all(...parameters) as unknown as SQLOutputValue[][]
      // Kysely's Row is the type that the query builder inferred for exactly this statement.
      return { rows: found.map((values) => rowOf(columns, values) as Row) }
    }
    const { changes } = statement.run(...parameters)
    return { rows: [], numAffectedRows: BigInt(changes) }
  }

  // biome-ignore lint/correctness/useYield: the interface asks for it; nothing here streams.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not supported')
  }

  get isInTransaction(): boolean {
    return this.#database.isTransaction
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }

  #prepare(sql: string): PreparedStatement {
    const kept = this.#statements.get(sql)
    if (kept) return kept
    const statement = this.#database.prepare(sql)
    // An object that node:sqlite makes has a hidden class of its own, so each look at it is a slow one.
    statement.setReturnArrays(true)
    const prepared = { statement, columns: statement.columns().map(({ name }) => name) }
    if (this.#statements.size >= keptStatements) this.#statements.clear()
    this.#statements.set(sql, prepared)
    return prepared
  }
}

function rowOf(columns: readonly string[], values: readonly SQLOutputValue[]): object {
  const row: Record<string, SQLOutputValue | undefined> = {}
  for (const [at, column] of columns.entries()) row[column] = values[at]
  return row
}

async function openFile(path: string): Promise<DatabaseSync> {
  for (let tries = 1; ; tries += 1) {
    try {
      return openOnce(path)
    } catch (cause) {
      // Of two processes that first open the same file, one can be told at once that it is busy.
      if (!isDatabaseBusy(cause) || tries === mostTries) throw openError(path, cause)
      await sleep(pauseMs)
    }
  }
}

function openOnce(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true })
  try {
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = normal')
    database.exec('pragma cache_size = -16000')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function openError(path: string, cause: unknown): SettingsError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new SettingsError([`DATABASE_PATH: cannot open "${path}": ${reason}`], { cause })
}
