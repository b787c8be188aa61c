import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import { findUserReachedBy, findUsersReachedBy } from '../../users/reached.ts'
import type { User } from '../../users/users.ts'
import { tellUnknown } from '../strangers.ts'
import { sendResetCode } from './code.ts'
import { mailResetLink } from './link.ts'

/** Mails a link or code that resets a password; whether there is an account shows nowhere else. */
export async function requestReset(ctx: Exchange, email: string): Promise<void> {
  await spend(ctx, 'reset_password', email)
  const { account } = ctx.server.settings
  const users = await findOwners(ctx, email)
  if (users.length === 0 && account.preventEnumeration === false) {
    throw new Refusal('unknown_email', 'email')
  }
  if (users.length === 0) await tellUnknown(ctx, email)
  for (const { id } of users) emit(ctx, { type: 'password_reset_requested', userId: id })
  if (account.passwordResetByCodeEnabled) return sendResetCode(ctx, email, users[0] ?? null)
  for (const user of users) await mailResetLink(ctx, email, user)
}

/** A code is for one user; links say whose password they reset, so each user gets one. */
async function findOwners(ctx: Exchange, email: string): Promise<User[]> {
  const { db, settings } = ctx.server
  if (!settings.account.passwordResetByCodeEnabled) return findUsersReachedBy(db, email)
  const reached = await findUserReachedBy(db, email)
  return reached ? [reached] : []
}
