import { recordProof, secondsNow } from '../../authentication/records.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { text } from '../../http/fields.ts'
import { requireInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { refund, trySpend } from '../../limits/limits.ts'
import { findUserById, loginKeys } from '../../users/users.ts'

export const reauthenticateRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/reauthenticate',
    audience: 'user',
    limit: 'reauthenticate',
    hasInput: true,
    async handle(ctx) {
      const { password } = requireInput(ctx, { password: text({ isRequired: true }) })
      await proveByPassword(ctx, password)
      return undefined
    },
  },
]

/** Wrong passwords here and at login share a count: neither is a way round the other. */
async function proveByPassword(ctx: Exchange, password: string): Promise<void> {
  const { user } = ctx.session
  const { db, hasher, settings } = ctx.server
  const [key = ''] = user ? await loginKeys(db, user.id, settings.account.loginMethods) : []
  const attempt = await trySpend(ctx, 'login_failed', key)
  if ('retryAfterMs' in attempt) throw new Refusal('too_many_login_attempts', 'password')
  const stored = user ? (await findUserById(db, user.id))?.passwordHash : null
  const matches = await hasher.verify(password, stored ?? hasher.decoy)
  if (!matches || !stored) throw new Refusal('incorrect_password', 'password')
  await refund(ctx, attempt.paid)
  recordProof(ctx, { method: 'password', at: secondsNow(ctx), reauthenticated: true })
  ctx.session.state.provedAt = ctx.server.now()
}
