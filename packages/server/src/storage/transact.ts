import { isConflict } from './errors.ts'
import type { Database, DatabaseTransaction } from './open.ts'

const mostRuns = 5

/**
 * Runs a transaction, and again from its start where the database undid it because another one was in its
 * way. What `work` changes outside of the database has to bear that.
 */
export async function transact<T>(
  db: Database,
  work: (tx: DatabaseTransaction) => Promise<T>,
): Promise<T> {
  for (let run = 1; ; run += 1) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (!isConflict(error) || run === mostRuns) throw error
    }
  }
}
