import type { Account } from '@latchkey/contract'
import { signedInUser } from '../authentication/signed-in.ts'
import { LostRace } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { findUserDates } from '../users/dates.ts'
import { describeUser } from '../users/display.ts'

/** The account of the signed-in user as a whole. @throws LostRace if it was deleted meanwhile. */
export async function describeAccount(ctx: Exchange): Promise<Account> {
  const user = signedInUser(ctx)
  const dates = await findUserDates(ctx.server.db, user.id)
  if (!dates) throw new LostRace()
  return {
    user: describeUser(user, ctx.server.settings),
    created_at: dates.createdAt / 1000,
    last_login_at: dates.lastLoginAt === null ? null : dates.lastLoginAt / 1000,
    language: user.language,
  }
}
