import { dropLogin, type LoginStart, startLogin } from '../../authentication/login.ts'
import { secondsNow } from '../../authentication/records.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange, PendingCode } from '../../exchange.ts'
import type { User } from '../../users/users.ts'

/** Logs in whoever has just reset a password, where the settings say so. */
export async function logInAfterwards(
  ctx: Exchange,
  { stored, pending }: { stored: User; pending: PendingCode | null },
): Promise<void> {
  const { session } = ctx
  if (!ctx.server.settings.account.loginOnPasswordReset) return
  if (session.user && session.user.id !== stored.id) return
  // Whoever was signed in by the old password begins anew, with nothing from before.
  const wasSignedIn = session.user !== null
  if (wasSignedIn) session.state = {}
  const email = pending ? { email: pending.target } : {}
  await logInIfPossible(ctx, {
    userId: stored.id,
    // The reset has just ended every other login.
    epoch: stored.epoch + 1,
    language: stored.language,
    // The trust of every browser has ended with the password.
    isFresh: true,
    proof: { method: 'password_reset', at: secondsNow(ctx), ...email },
    ...(pending && { proved: pending.target }),
    ...email,
  })
  if (!wasSignedIn || ctx.pending.signIn === null) return
  session.change = 'rotate'
  // The API lists no proof then.
  delete session.state.methods
}

/** Whoever knows the old password can use up the limits of a login; the new one is set all the same. */
async function logInIfPossible(ctx: Exchange, start: LoginStart): Promise<void> {
  try {
    await startLogin(ctx, start)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    dropLogin(ctx)
  }
}
