import { beginCode, type CodeKind, pendingCode } from '../../codes/pending.ts'
import type { Exchange, FlowOffer } from '../../exchange.ts'
import { queueMail } from '../../messages.ts'
import type { User } from '../../users/users.ts'
import { sealOf } from './seal.ts'

/** The code that resets a password. */
export const resetCode: CodeKind = {
  purpose: 'password_reset',
  slot: 'passwordReset',
  owner: 'session',
  rules: ({ account }) => ({
    format: account.passwordResetByCodeFormat,
    maxAttempts: account.passwordResetByCodeMaxAttempts,
    timeoutSeconds: account.passwordResetByCodeTimeout,
    resends: 0,
    changes: 0,
  }),
}

/** Begins to wait for a code and mails it; without a user it only pretends to. */
export async function sendResetCode(
  ctx: Exchange,
  target: string,
  user: User | null,
): Promise<void> {
  const seal = user ? { seal: await sealOf(ctx, user) } : {}
  const owner = { target, userId: user?.id ?? null, loginId: null, ...seal }
  const code = beginCode(ctx, resetCode, owner)
  const minutes = Math.ceil(ctx.server.settings.account.passwordResetByCodeTimeout / 60)
  const recipient = { to: target, language: user?.language ?? null }
  if (code !== null) queueMail(ctx, recipient, 'password_reset_code', { code, minutes })
}

/** Always listed where codes reset passwords, waiting or not. */
export const resetByCodeOffer: FlowOffer = async (ctx) => {
  const { account, socialaccount } = ctx.server.settings
  if (!account.passwordResetByCodeEnabled || socialaccount.only) return null
  return { id: 'password_reset_by_code', is_pending: (await pendingCode(ctx, resetCode)) !== null }
}
