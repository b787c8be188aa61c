import type { DatabaseConnection, Dialect, Driver } from 'kysely'
import type { Observer } from '../observer.ts'
import { isConflict, isOwnerMissing, isUniqueViolation } from './errors.ts'
import type { Read } from './reader.ts'

/** The same dialect, whose transactions an observer sees from `begin` to `commit` or `rollback`. */
export function observedDialect(dialect: Dialect, observer: Observer): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => observeTransactions(dialect.createDriver(), observer),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  }
}

/** The same reads, whose errors are counted. */
export function observedRead(read: Read, observer: Observer): Read {
  return (query) => counted(read(query), observer)
}

/** Counts an error, unless it is how somebody learns that another one was faster. */
export function countError(observer: Observer, error: unknown): void {
  if (isUniqueViolation(error) || isOwnerMissing(error) || isConflict(error)) return
  observer.count({ what: 'database_error' })
}

async function counted<T>(answer: Promise<T>, observer: Observer): Promise<T> {
  try {
    return await answer
  } catch (error) {
    countError(observer, error)
    throw error
  }
}

/** The driver was made for this, so its methods are replaced: it keeps whatever else it can do. */
function observeTransactions(driver: Driver, observer: Observer): Driver {
  const ends = new WeakMap<DatabaseConnection, () => void>()
  const acquire = driver.acquireConnection.bind(driver)
  const begin = driver.beginTransaction.bind(driver)
  const commit = driver.commitTransaction.bind(driver)
  const rollback = driver.rollbackTransaction.bind(driver)

  function start(connection: DatabaseConnection): void {
    const { promise, resolve } = Promise.withResolvers<void>()
    ends.set(connection, resolve)
    void observer.work('transaction', () => promise)
  }

  return Object.assign(driver, {
    // Where no server answers, not a single query may fail: none gets so far.
    acquireConnection: (...options: Parameters<Driver['acquireConnection']>) =>
      counted(acquire(...options), observer),
    async beginTransaction(...[connection, settings]: Parameters<Driver['beginTransaction']>) {
      start(connection)
      try {
        await counted(begin(connection, settings), observer)
      } catch (error) {
        // It never began, so that nobody will end it.
        ends.get(connection)?.()
        throw error
      }
    },
    async commitTransaction(connection: DatabaseConnection) {
      await counted(commit(connection), observer).finally(ends.get(connection))
    },
    async rollbackTransaction(connection: DatabaseConnection) {
      await rollback(connection).finally(ends.get(connection))
    },
  })
}
