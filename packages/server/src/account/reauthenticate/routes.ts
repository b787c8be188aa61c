import { compareWithinLimit, matchesStored } from '../../authentication/compare.ts'
import { recordReauthentication, secondsNow } from '../../authentication/records.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { Refusal } from '../../errors.ts'
import { writeEvent } from '../../events/store.ts'
import type { Exchange } from '../../exchange.ts'
import { text } from '../../http/fields.ts'
import { requireInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { loginKeys } from '../../users/login-keys.ts'
import { findUserById } from '../../users/users.ts'

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
  const user = signedInUser(ctx)
  const { db, settings } = ctx.server
  const [key = user.id] = await loginKeys(db, user.id, settings.account.loginMethods)
  const isRight = await compareWithinLimit(ctx, key, () => isPasswordOf(ctx, user.id, password))
  if (isRight === null) throw new Refusal('too_many_login_attempts', 'password')
  if (!isRight) {
    await writeEvent(ctx, { type: 'login_failed', userId: user.id, method: 'password' })
    throw new Refusal('incorrect_password', 'password')
  }
  recordReauthentication(ctx, {
    method: 'password',
    at: secondsNow(ctx),
    reauthenticated: true,
  })
}

async function isPasswordOf(ctx: Exchange, id: string, password: string): Promise<boolean> {
  const user = await findUserById(ctx.server.db, id)
  return matchesStored(ctx, password, user?.passwordHash ?? null)
}
