import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import { frontendUrl } from '../../frontend-url.ts'
import { spend } from '../../limits/limits.ts'
import { queueMail } from '../../messages.ts'
import { findUsersByEmail, type User } from '../../users/users.ts'
import { sendResetCode } from './code.ts'
import { mailResetLink } from './link.ts'

/** Mails a link or code that resets a password; whether there is an account shows nowhere else. */
export async function requestReset(ctx: Exchange, email: string): Promise<void> {
  await spend(ctx, 'reset_password', email)
  const { account } = ctx.server.settings
  const users = (await findUsersByEmail(ctx.server.db, email)).filter((user) => user.isActive)
  if (users.length === 0 && account.preventEnumeration === false) {
    throw new Refusal('unknown_email', 'email')
  }
  if (users.length === 0) tellUnknown(ctx, email)
  for (const { id } of users) emit(ctx, { type: 'password_reset_requested', userId: id })
  if (account.passwordResetByCodeEnabled) return sendResetCode(ctx, email, users[0]?.id ?? null)
  await mailLinks(ctx, email, users)
}

async function mailLinks(ctx: Exchange, email: string, users: readonly User[]): Promise<void> {
  for (const user of users) await mailResetLink(ctx, email, user)
}

function tellUnknown(ctx: Exchange, email: string): void {
  if (!ctx.server.settings.account.emailUnknownAccounts) return
  const signupUrl = frontendUrl(ctx, 'account_signup')
  queueMail(ctx, email, 'unknown_account', { email, ...(signupUrl && { signupUrl }) })
}
