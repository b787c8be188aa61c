import type { DatabaseTransaction } from './open.ts'

/**
 * Has transactions that do what must be done once, on whatever node, come one after the other: each locks
 * a row that every database has.
 */
export async function takeTurns(tx: DatabaseTransaction): Promise<void> {
  await tx
    .selectFrom('latchkey_migrations')
    .select('name')
    .where('name', '=', '0001-initial')
    .forUpdate()
    .execute()
}
