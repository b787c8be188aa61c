import { decrypt, encrypt } from '../../crypto/encrypt.ts'
import { sha256 } from '../../crypto/hash.ts'
import type { Keys } from '../../crypto/keys.ts'
import { deleteExpired } from '../../storage/delete-expired.ts'
import type { Database, DatabaseOrTransaction } from '../../storage/open.ts'
import type { ProviderHandoverTable } from '../../storage/tables.ts'

type Purpose = ProviderHandoverTable['purpose']

/** Keeps something, encrypted, for whoever brings the secret. */
export async function keepHandover(
  db: DatabaseOrTransaction,
  keys: Keys,
  kept: { purpose: Purpose; secret: string; data: object; expiresAt: number },
): Promise<void> {
  const { purpose, secret, data, expiresAt } = kept
  const hash = sha256(secret)
  const sealed = encrypt(keys.current('provider'), JSON.stringify(data), `${purpose} ${hash}`)
  const values = { secret_hash: hash, purpose, sealed_data: sealed, expires_at: expiresAt }
  await db.insertInto('provider_handovers').values(values).execute()
}

/** What is kept for a secret; undefined where there is nothing, or it is too late. */
export async function findHandover(
  db: DatabaseOrTransaction,
  keys: Keys,
  { purpose, secret, now }: { purpose: Purpose; secret: string; now: number },
): Promise<unknown> {
  const hash = sha256(secret)
  const row = await db
    .selectFrom('provider_handovers')
    .select('sealed_data')
    .where('secret_hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  const text = row && decrypt(keys.all('provider'), row.sealed_data, `${purpose} ${hash}`)
  return text === undefined ? undefined : JSON.parse(text)
}

/** Uses it up; false where somebody did before. */
export async function spendHandover(db: DatabaseOrTransaction, secret: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('provider_handovers')
    .where('secret_hash', '=', sha256(secret))
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

/** Removes what nobody can use any more. */
export async function sweepHandovers(db: Database, now: number): Promise<void> {
  await deleteExpired(
    db,
    { table: 'provider_handovers', key: 'secret_hash', time: 'expires_at' },
    now,
  )
}
