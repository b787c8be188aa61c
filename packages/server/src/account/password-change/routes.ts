import { matchesStored } from '../../authentication/compare.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { LostRace, Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import { writeEvent } from '../../events/store.ts'
import type { Exchange, SessionUser } from '../../exchange.ts'
import { text } from '../../http/fields.ts'
import { readInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { endOtherSessions } from '../../sessions/end.ts'
import { findUserById, replacePasswordHash } from '../../users/users.ts'
import { newPassword, newPasswordProblems } from '../new-password.ts'
import { notify } from '../notices.ts'

export const passwordChangeRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'account/password/change',
    audience: 'user',
    limit: 'change_password',
    hasInput: true,
    isOn: ({ socialaccount }) => !socialaccount.only,
    async handle(ctx) {
      const user = signedInUser(ctx)
      await changePassword(ctx, user, await readNewPassword(ctx, user))
      return undefined
    },
  },
]

interface NewPassword {
  password: string
  /** The hash that it takes the place of. */
  from: string | null
}

/** @throws Refusal where the current password is wrong or the new one is too weak. */
async function readNewPassword(ctx: Exchange, user: SessionUser): Promise<NewPassword> {
  const { values, problems } = readInput(ctx, {
    current_password: text({ isRequired: user.hasPassword }),
    new_password: newPassword({ isRequired: true }),
  })
  const { current_password: current, new_password: password } = values
  const from = (await findUserById(ctx.server.db, user.id))?.passwordHash ?? null
  const isReadable = !problems.some(({ param }) => param === 'current_password')
  if (current !== '' && isReadable && !(await matchesStored(ctx, current, from))) {
    await writeEvent(ctx, { type: 'login_failed', userId: user.id, method: 'password' })
    problems.push({ code: 'enter_current_password', param: 'current_password' })
  }
  if (!problems.some(({ param }) => param === 'new_password')) {
    problems.push(...newPasswordProblems(ctx, { password, param: 'new_password' }, user))
  }
  if (problems.length > 0) throw Refusal.all(problems)
  return { password, from }
}

/** Sets the password and ends every other session; this one goes on under a new token. */
async function changePassword(
  ctx: Exchange,
  user: SessionUser,
  { password, from }: NewPassword,
): Promise<void> {
  const to = await ctx.server.hasher.hash(password)
  const { session, server } = ctx
  ctx.pending.writes.push(async (tx) => {
    if (!(await replacePasswordHash(tx, { id: user.id, from, to, isNew: true })))
      throw new LostRace()
    await endOtherSessions(ctx, tx, user.id)
  })
  const change = user.hasPassword ? 'password_changed' : 'password_set'
  emit(ctx, { type: change, userId: user.id })
  notify(ctx, user, change, {})
  const isLogout = server.settings.account.logoutOnPasswordChange
  if (isLogout) emit(ctx, { type: 'logged_out', userId: user.id })
  session.change = isLogout ? 'end' : 'rotate'
}
