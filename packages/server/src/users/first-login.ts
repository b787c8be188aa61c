import type { PendingLogin } from '../exchange.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'

/** A login of a user that is on its way. */
export type LoginUnderWay = Pick<PendingLogin, 'epoch' | 'passwordEpoch'> & { userId: string }

/** Whether a login may still become the first one of its user: nothing was done to end it since. */
export async function mayBeFirstLogin(
  db: DatabaseOrTransaction,
  { userId, epoch, passwordEpoch }: LoginUnderWay,
): Promise<boolean> {
  const query = db
    .selectFrom('users')
    .select('id')
    .where('id', '=', userId)
    .where('is_active', '=', 1)
    .where('auth_epoch', '=', epoch)
    .where('last_login_at', 'is', null)
  const row = await (passwordEpoch === undefined
    ? query
    : query.where('password_epoch', '=', passwordEpoch)
  ).executeTakeFirst()
  return row !== undefined
}
