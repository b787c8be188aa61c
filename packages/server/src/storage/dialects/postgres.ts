import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type DropIndexNode,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SelectQueryNode,
  sql,
} from 'kysely'
import type { PoolClient, QueryConfig } from 'pg'
import type { ReadingDialect } from '../reader.ts'
import type { ConnectionOptions } from './connection-options.ts'
import { PostgresClients } from './postgres-clients.ts'
import { createStatementNames } from './statement-names.ts'

/** How long a change of the schema waits for those who use the table. */
const patienceMs = 3000

/**
 * Kysely over `pg`. Single reads share a few connections in pipeline mode; writes and transactions have
 * a connection of the pool to themselves, for they may wait for locks, and nobody is to wait behind them.
 */
export function postgresDialect(options: ConnectionOptions): ReadingDialect {
  const driver = new PostgresDriver(options)
  return {
    createAdapter: () => new Adapter(),
    createDriver: () => driver,
    read: (query) => driver.read(query),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresCompiler(),
  }
}

class Adapter extends PostgresAdapter {
  /**
   * Lasts as long as the transaction, for a pooler may give the next one another connection. Whoever waits
   * for a table makes all wait who come after, so it is not to wait for long.
   */
  override async acquireMigrationLock(tx: Kysely<unknown>): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtext('latchkey_migrations'))`.execute(tx)
    await sql`set local lock_timeout = ${sql.lit(patienceMs)}`.execute(tx)
  }

  override async releaseMigrationLock(): Promise<void> {}
}

class PostgresCompiler extends PostgresQueryCompiler {
  /** Names of indexes are unique by themselves; only MySQL wants the table as well. */
  protected override visitDropIndex({ table: _, ...node }: DropIndexNode): void {
    super.visitDropIndex(node)
  }
}

type NameOf = (text: string) => string | undefined

class PostgresDriver implements Driver {
  readonly #options: ConnectionOptions
  readonly #nameOf: NameOf
  #clients: PostgresClients | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
    // Behind a pooler the next statement may meet a server that has never heard of the name.
    this.#nameOf = options.isPooled ? () => undefined : createStatementNames()
  }

  async init(): Promise<void> {
    const { default: pg } = await import('pg')
    this.#clients = new PostgresClients(pg, this.#options)
  }

  /** Runs a read among others. */
  async read<Row>(compiled: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#open.read(queryOf(compiled, this.#nameOf))
  }

  async acquireConnection(): Promise<PostgresConnection> {
    return new PostgresConnection(this.#open, this.#nameOf)
  }

  get #open(): PostgresClients {
    if (!this.#clients) throw new Error('the database is closed')
    return this.#clients
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(connection: PostgresConnection): Promise<void> {
    const { isPooled, statementTimeoutMs } = this.#options
    const limit = isPooled ? `; set local statement_timeout = ${statementTimeoutMs}` : ''
    await connection.begin(`begin isolation level read committed${limit}`)
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    await connection.end('commit')
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    await connection.end('rollback')
  }

  async destroy(): Promise<void> {
    const clients = this.#clients
    this.#clients = undefined
    await clients?.end()
  }
}

class PostgresConnection implements DatabaseConnection {
  readonly #clients: PostgresClients
  readonly #nameOf: NameOf
  /** While a transaction lasts. */
  #client: PoolClient | undefined

  constructor(clients: PostgresClients, nameOf: NameOf) {
    this.#clients = clients
    this.#nameOf = nameOf
  }

  async executeQuery<Row>(compiled: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, rowCount, command } = await this.#run(compiled)
    if (command === 'SELECT') return { rows }
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
  }

  // biome-ignore lint/correctness/useYield: the interface asks for it; nothing here streams.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not supported')
  }

  async begin(statement: string): Promise<void> {
    const client = await this.#clients.take()
    await this.#control(client, statement)
    this.#client = client
  }

  /** Ends the transaction; nothing happens where its connection is gone. */
  async end(statement: string): Promise<void> {
    const client = this.#client
    if (!client) return
    this.#client = undefined
    const { command } = await this.#control(client, statement)
    client.release()
    // So the server ends a transaction in which a failure was passed over, and calls that no error.
    if (statement === 'commit' && command !== 'COMMIT') {
      throw new Error('a statement of the transaction had failed: nothing of it was written')
    }
  }

  /** A connection that does not do even that is not used again. */
  async #control(client: PoolClient, statement: string) {
    try {
      return await this.#clients.within(client, statement)
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  #run(compiled: CompiledQuery) {
    const query = queryOf(compiled, this.#nameOf)
    if (this.#client) return this.#clients.within(this.#client, query)
    return SelectQueryNode.is(compiled.query)
      ? this.#clients.read(query)
      : this.#clients.write(query)
  }
}

function queryOf({ sql: text, parameters }: CompiledQuery, nameOf: NameOf): QueryConfig {
  const name = nameOf(text)
  return { text, values: [...parameters], ...(name !== undefined && { name }) }
}
