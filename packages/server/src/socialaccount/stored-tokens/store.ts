import { randomNumber } from '../../crypto/random.ts'
import type { SealedTokens } from '../../providers/identity.ts'
import type { Database } from '../../storage/open.ts'

/** The tokens of a connected account, as they are kept. */
export interface StoredTokens {
  accountId: string
  provider: string
  uid: string
  clientId: string
  sealed: string
  version: number
  expiresAt: number | null
}

/** The tokens that are kept of a user at a provider: of several accounts, the last used. */
export async function findStoredTokens(
  db: Database,
  { userId, provider }: { userId: string; provider: string },
): Promise<StoredTokens | undefined> {
  return db
    .selectFrom('social_tokens')
    .innerJoin('social_accounts', 'social_accounts.id', 'social_tokens.account_id')
    .select([
      'social_tokens.account_id as accountId',
      'social_accounts.provider',
      'social_accounts.uid',
      'social_tokens.client_id as clientId',
      'social_tokens.sealed_tokens as sealed',
      'social_tokens.version',
      'social_tokens.expires_at as expiresAt',
    ])
    .where('social_accounts.user_id', '=', userId)
    .where('social_accounts.provider', '=', provider)
    .orderBy(
      ({ fn }) => fn.coalesce('social_accounts.last_login_at', 'social_accounts.created_at'),
      'desc',
    )
    .orderBy('social_accounts.id')
    .executeTakeFirst()
}

/** Takes it upon oneself to renew tokens until then; false while somebody else does. */
export async function leaseTokens(
  db: Database,
  { accountId, version }: StoredTokens,
  { now, until }: { now: number; until: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('social_tokens')
    .set({ lease_until: until })
    .where('account_id', '=', accountId)
    .where('version', '=', version)
    .where('lease_until', '<=', now)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Keeps renewed tokens, unless others have taken the place of those that they came from. */
export async function replaceTokens(
  db: Database,
  { accountId, version }: StoredTokens,
  tokens: SealedTokens,
): Promise<void> {
  await db
    .updateTable('social_tokens')
    .set({
      sealed_tokens: tokens.sealed,
      expires_at: tokens.expiresAt,
      version: randomNumber(),
      lease_until: 0,
    })
    .where('account_id', '=', accountId)
    .where('version', '=', version)
    .execute()
}

/** Lets somebody else try. */
export async function releaseTokens(
  db: Database,
  { accountId, version }: StoredTokens,
): Promise<void> {
  await db
    .updateTable('social_tokens')
    .set({ lease_until: 0 })
    .where('account_id', '=', accountId)
    .where('version', '=', version)
    .execute()
}
