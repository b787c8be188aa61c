import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import type { PoolConnection as RawConnection } from 'mysql2'
import type { Pool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import { DatabaseUnavailable } from '../errors.ts'
import {
  type ConnectionOptions,
  connectTimeoutMs,
  networkGraceMs,
  withReadable,
} from './connection-options.ts'

/** A pool of connections to MySQL or MariaDB, on which statements are prepared once. */
export class MysqlDriver implements Driver {
  readonly #options: ConnectionOptions
  #pool: Pool | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  async init(): Promise<void> {
    const { createPool } = await import('mysql2')
    const { url, poolSize } = this.#options
    const config = {
      uri: url,
      connectionLimit: poolSize,
      connectTimeout: connectTimeoutMs,
      charset: 'utf8mb4_bin',
      enableKeepAlive: true,
    }
    const pool = withReadable(() => createPool(config))
    pool.on('connection', (connection) => prepare(connection, this.#options))
    this.#pool = pool.promise()
  }

  async acquireConnection(): Promise<MysqlConnection> {
    if (!this.#pool) throw new Error('the database is closed')
    return new MysqlConnection(await telling(soon(this.#pool.getConnection())), this.#options)
  }

  async releaseConnection(connection: MysqlConnection): Promise<void> {
    connection.release()
  }

  async beginTransaction(connection: MysqlConnection): Promise<void> {
    await connection.control('begin')
  }

  async commitTransaction(connection: MysqlConnection): Promise<void> {
    await connection.control('commit')
  }

  async rollbackTransaction(connection: MysqlConnection): Promise<void> {
    await connection.control('rollback')
  }

  async destroy(): Promise<void> {
    const pool = this.#pool
    this.#pool = undefined
    await pool?.end()
  }
}

class MysqlConnection implements DatabaseConnection {
  readonly #connection: PoolConnection
  readonly #timeoutMs: number
  #isBroken = false

  constructor(connection: PoolConnection, { statementTimeoutMs }: ConnectionOptions) {
    this.#connection = connection
    this.#timeoutMs = statementTimeoutMs + networkGraceMs
  }

  async executeQuery<Row>(compiled: CompiledQuery): Promise<QueryResult<Row>> {
    const values = [...compiled.parameters] as (string | number | null)[]
    const statement = { sql: compiled.sql, timeout: this.#timeoutMs, values }
    const [result] = await this.#answered(
      this.#connection.execute<RowDataPacket[] | ResultSetHeader>(statement),
    )
    // Kysely's Row is the type that the query builder inferred for exactly this statement.
    if (Array.isArray(result)) return { rows: result as Row[] }
    return { rows: [], numAffectedRows: BigInt(result.affectedRows) }
  }

  // biome-ignore lint/correctness/useYield: the interface asks for it; nothing here streams.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not supported')
  }

  /** Begins or ends a transaction: nothing that can be prepared. */
  async control(statement: string): Promise<void> {
    try {
      await this.#answered(this.#connection.query({ sql: statement, timeout: this.#timeoutMs }))
    } catch (error) {
      this.#isBroken = true
      throw error
    }
  }

  /** Where no answer came, nothing may wait behind it: the time limit of what does would never begin. */
  async #answered<T>(answer: Promise<T>): Promise<T> {
    try {
      return await telling(answer)
    } catch (error) {
      if (error instanceof DatabaseUnavailable) this.#connection.destroy()
      throw error
    }
  }

  release(): void {
    if (this.#isBroken) this.#connection.destroy()
    else this.#connection.release()
  }
}

/** The pool itself waits for ever. What comes too late goes back. */
async function soon(taking: Promise<PoolConnection>): Promise<PoolConnection> {
  const limit = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    taking.then((connection) => connection.release()).catch(() => {})
    limit.reject(new DatabaseUnavailable('no connection was free in time'))
  }, connectTimeoutMs)
  try {
    return await Promise.race([taking, limit.promise])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Sets what the other databases do by themselves: a transaction sees what was committed, nothing is cut to
 * fit, and nothing takes for ever. The comments are read by the one or the other of the two servers.
 */
function prepare(connection: RawConnection, { statementTimeoutMs }: ConnectionOptions): void {
  const seconds = Math.ceil(statementTimeoutMs / 1000)
  const statements = [
    'set session transaction isolation level read committed',
    `set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',
       innodb_lock_wait_timeout = ${seconds}
       /*M!100108 , max_statement_time = ${seconds} */
       /*!50708 , max_execution_time = ${statementTimeoutMs} */`,
  ]
  for (const statement of statements) {
    connection.query(statement, (error) => {
      if (error) connection.destroy()
    })
  }
}

const duplicateEntry = 1062

// ER_DISK_FULL, ER_RECORD_FILE_FULL, ER_CON_COUNT_ERROR, ER_SERVER_SHUTDOWN, a connection that an
// administrator ended, and the two of a replica that takes no writes
const noService = [1021, 1114, 1040, 1053, 1927, 1290, 1836]

async function telling<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw told(error)
  }
}

/** What no server has said was said for want of one. */
function told(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const isAnswer = 'sqlState' in error && 'errno' in error && typeof error.errno === 'number'
  if (isAnswer && !noService.includes(Number(error.errno))) return withoutValues(error)
  return new DatabaseUnavailable(error.message, { cause: error })
}

/** What a row holds is nobody's business who reads the log. */
function withoutValues(error: Error & { errno: unknown; sqlMessage?: string }): Error {
  if (error.errno === duplicateEntry) error.message = 'a unique index has this value already'
  delete error.sqlMessage
  return error
}
