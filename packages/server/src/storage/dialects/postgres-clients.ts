import type pg from 'pg'
import type { Client, ClientConfig, Pool, PoolClient, QueryConfig, QueryResult } from 'pg'
import { DatabaseUnavailable } from '../errors.ts'
import {
  type ConnectionOptions,
  connectTimeoutMs,
  networkGraceMs,
  withReadable,
} from './connection-options.ts'

type Pg = typeof pg

/** How many connections serve single reads; each has many of them on the way at once. */
const readers = 2
const int8 = 20
const numeric = 1700

/** The connections to one database: opened as they are needed, and again after they were lost. */
export class PostgresClients {
  readonly #pg: Pg
  readonly #config: ClientConfig
  readonly #pool: Pool
  readonly #readers: (Promise<Client> | undefined)[] = []
  #turn = 0

  constructor(pg: Pg, options: ConnectionOptions) {
    this.#pg = pg
    this.#config = configOf(pg, options)
    // Read here, for the pool looks at it only when it connects.
    withReadable(() => new pg.Client(this.#config))
    this.#pool = new pg.Pool({ ...this.#config, max: options.poolSize })
    // The pool replaces what broke while it was idle; whoever uses it gets an error of their own.
    this.#pool.on('error', () => {})
    this.#pool.on('connect', (client) => client.on('error', () => {}))
  }

  /** Runs a read among others. It is sent once more where its connection was lost under it. */
  async read(query: QueryConfig): Promise<QueryResult> {
    this.#turn = (this.#turn + 1) % readers
    const place = this.#turn
    try {
      return await this.#readAt(place, query)
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error
      return this.#readAt(place, query)
    }
  }

  /** Runs a statement on a connection that nothing else uses meanwhile. */
  write(query: QueryConfig): Promise<QueryResult> {
    return this.#telling(this.#pool.query(query))
  }

  /** A connection for a transaction, to be released by whoever asked for it. */
  take(): Promise<PoolClient> {
    return this.#telling(this.#pool.connect())
  }

  /** Runs a statement of a transaction. */
  within(client: PoolClient, query: QueryConfig | string): Promise<QueryResult> {
    return this.#telling(client.query(query))
  }

  async end(): Promise<void> {
    const readers = await Promise.allSettled(this.#readers.filter((it) => it !== undefined))
    const open = readers.flatMap((it) => (it.status === 'fulfilled' ? [it.value.end()] : []))
    await Promise.all([this.#pool.end(), ...open])
  }

  async #readAt(place: number, query: QueryConfig): Promise<QueryResult> {
    const reader = this.#readers[place] ?? this.#open()
    this.#readers[place] = reader
    try {
      return await (await reader).query(query)
    } catch (error) {
      const told = this.#told(error)
      // The next read is not to meet the same end, whether or not it has been noticed by then.
      const isLost = told instanceof DatabaseUnavailable && this.#readers[place] === reader
      if (isLost) this.#readers[place] = undefined
      throw told
    }
  }

  /** A connection for reads. One that is lost while nobody reads is found out by the next who does. */
  async #open(): Promise<Client> {
    const client = new this.#pg.Client({ ...this.#config, pipeline: true })
    client.on('error', () => {})
    await client.connect()
    return client
  }

  async #telling<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer
    } catch (error) {
      throw this.#told(error)
    }
  }

  /** What no server has said was said for want of one. */
  #told(error: unknown): unknown {
    if (error instanceof DatabaseUnavailable) return error
    if (!(error instanceof Error)) return error
    if (error instanceof this.#pg.DatabaseError && !isNoService(error.code)) {
      // What a row holds is nobody's business who reads the log.
      error.detail = undefined
      return error
    }
    return new DatabaseUnavailable(error.message, { cause: error })
  }
}

/**
 * SQLSTATEs of a server that can not serve now: connection exceptions, too little of what it needs (such as
 * a full disk), shutdown, start, and what has become a replica that takes no writes.
 */
function isNoService(code = ''): boolean {
  return /^(08|53)/.test(code) || ['57P01', '57P02', '57P03', '25006'].includes(code)
}

function configOf({ types }: Pg, options: ConnectionOptions): ClientConfig {
  const { url, statementTimeoutMs, isPooled } = options
  return {
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: statementTimeoutMs + networkGraceMs,
    keepAlive: true,
    types: {
      getTypeParser(oid, format) {
        // Times and counts are far below what a number holds exactly.
        return oid === int8 || oid === numeric ? Number : types.getTypeParser(oid, format)
      },
    },
    // A pooler lets nothing be set for a connection; `begin` sets it for the transaction then.
    ...(!isPooled && {
      application_name: 'latchkey',
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: statementTimeoutMs,
    }),
  }
}
