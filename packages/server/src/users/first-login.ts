import type { PendingLogin } from '../exchange.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import { sinceLogin } from './users.ts'

/** A login of a user that is on its way. */
export type LoginUnderWay = Pick<PendingLogin, 'epoch' | 'passwordEpoch'> & { userId: string }

/** Whether a login may still become the first one of its user: nothing was done to end it since. */
export async function mayBeFirstLogin(
  db: DatabaseOrTransaction,
  login: LoginUnderWay,
): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('id', '=', login.userId)
    .where((eb) => eb.and(sinceLogin(login)))
    .where('last_login_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
