import type { Database } from './open.ts'

/** Asks the database for an answer. @throws whatever its driver says where there is none. */
export async function probe(db: Database): Promise<void> {
  // A read, so that it does not wait behind writers that wait for one another.
  await db.selectNoFrom((eb) => eb.lit(1).as('one')).execute()
}
