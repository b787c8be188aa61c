import { type Problem, Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange, SessionUser } from '../../exchange.ts'
import { text } from '../../http/fields.ts'
import { readInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { endSessions } from '../../sessions/store.ts'
import { findUserById, setPasswordHash } from '../../users/users.ts'
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
      const { user } = ctx.session
      if (!user) throw new Error('nobody is signed in')
      await changePassword(ctx, user, await readNewPassword(ctx, user))
      return undefined
    },
  },
]

/** @throws Refusal where the current password is wrong or the new one is too weak. */
async function readNewPassword(ctx: Exchange, user: SessionUser): Promise<string> {
  const { values, problems } = readInput(ctx, {
    current_password: text({ isRequired: user.hasPassword }),
    new_password: newPassword({ isRequired: true }),
  })
  const { current_password: current, new_password: password } = values
  if (current !== '' && !(await isCurrent(ctx, user, current))) {
    problems.push({ code: 'enter_current_password', param: 'current_password' })
  }
  const isFine = !problems.some(({ param }) => param === 'new_password')
  if (isFine) problems.push(...weaknesses(ctx, user, password))
  if (problems.length > 0) throw Refusal.all(problems)
  return password
}

function weaknesses(ctx: Exchange, user: SessionUser, password: string): Problem[] {
  return newPasswordProblems(ctx, { password, param: 'new_password' }, user)
}

async function isCurrent(ctx: Exchange, user: SessionUser, password: string): Promise<boolean> {
  const { hasher, db } = ctx.server
  const stored = (await findUserById(db, user.id))?.passwordHash
  return (await hasher.verify(password, stored ?? hasher.decoy)) && Boolean(stored)
}

/** Sets the password and ends every other session; this one goes on under a new token. */
async function changePassword(ctx: Exchange, user: SessionUser, password: string): Promise<void> {
  const hash = await ctx.server.hasher.hash(password)
  const { session, server } = ctx
  ctx.pending.writes.push(async (tx) => {
    await setPasswordHash(tx, user.id, hash)
    await endSessions(tx, { userId: user.id, exceptId: session.id, now: server.now() })
  })
  const change = user.hasPassword ? 'password_changed' : 'password_set'
  emit(ctx, { type: change, userId: user.id })
  notify(ctx, user.email, change, {})
  session.change = server.settings.account.logoutOnPasswordChange ? 'end' : 'rotate'
}
