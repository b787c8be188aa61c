import type { Database } from './open.ts'

/** What one node at a time is to do, and which node asks. */
export interface Lease {
  name: string
  holder: string
}

/**
 * Takes a lease that nobody has, or keeps the own one, until `until`. False where somebody else has it.
 * Times are those of the nodes: who is ahead takes over as much earlier, so what is done under a lease
 * has to bear being done twice.
 */
export async function holdLease(
  db: Database,
  { name, holder }: Lease,
  { now, until }: { now: number; until: number },
): Promise<boolean> {
  const held = await db
    .updateTable('leases')
    .set({ holder, held_until: until })
    .where('name', '=', name)
    .where((eb) => eb.or([eb('holder', '=', holder), eb('held_until', '<=', now)]))
    .executeTakeFirstOrThrow()
  if (held.numUpdatedRows === 1n) return true
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('leases')
    .values({ name, holder, held_until: until })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Gives a lease back, so that somebody else can take it at once. */
export async function releaseLease(db: Database, { name, holder }: Lease): Promise<void> {
  await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute()
}
