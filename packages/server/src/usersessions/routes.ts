import { signedInUser } from '../authentication/signed-in.ts'
import { emit } from '../events/emit.ts'
import type { Exchange } from '../exchange.ts'
import { type Answer, answer } from '../http/answers.ts'
import type { Route } from '../http/route.ts'
import { commit } from '../sessions/commit.ts'
import { deleteEnded } from '../sessions/end.ts'
import { listSessions, type OwnSession } from '../sessions/list.ts'
import { readSessions } from './input.ts'
import { deleteSessions } from './store.ts'

const path = 'auth/sessions'
const isOn: Route['isOn'] = ({ server }) => server.installedApps.includes('allauth.usersessions')

export const usersessionsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    audience: 'user',
    isOn,
    async handle(ctx) {
      const own = await ownSessions(ctx)
      await deleteEndedSessions(ctx)
      return describeSessions(ctx, own)
    },
  },
  {
    method: 'DELETE',
    path,
    audience: 'user',
    hasInput: true,
    isOn,
    async handle(ctx) {
      const own = await ownSessions(ctx)
      endNamed(ctx, readSessions(ctx, own))
      // Somebody who has ended this session as well is signed out.
      if (ctx.session.change === 'end') return undefined
      await commit(ctx)
      await deleteEndedSessions(ctx)
      return describeSessions(ctx, await ownSessions(ctx))
    },
  },
]

function ownSessions(ctx: Exchange): Promise<OwnSession[]> {
  return listSessions(ctx.server.db, signedInUser(ctx).id, ctx.server.now())
}

/** Whoever has seen the list need not be told of the ones that are not on it. */
async function deleteEndedSessions(ctx: Exchange): Promise<void> {
  await deleteEnded(ctx.server.db, signedInUser(ctx).id)
}

function endNamed(ctx: Exchange, ended: readonly OwnSession[]): void {
  const { id } = ctx.session
  const user = signedInUser(ctx)
  const others = ended.map((it) => it.id).filter((it) => it !== id)
  if (others.length > 0) {
    ctx.pending.writes.push((tx) => deleteSessions(tx, user.id, others))
  }
  emit(ctx, { type: 'sessions_ended', userId: user.id, count: ended.length })
  if (ended.some((it) => it.id === id)) ctx.session.change = 'end'
}

function describeSessions(ctx: Exchange, sessions: readonly OwnSession[]): Answer {
  const isTracked = ctx.server.settings.usersessions.trackActivity
  return answer(200, {
    data: sessions.map((it) => {
      const isCurrent = it.id === ctx.session.id
      const isHere = isCurrent && isTracked
      const userAgent = isHere && ctx.client === 'browser' ? ctx.request.userAgent : it.userAgent
      const lastSeenAt = isHere ? ctx.server.now() : it.lastSeenAt
      return {
        id: it.number,
        user_agent: userAgent,
        ip: isHere ? ctx.request.ip : it.ip,
        created_at: it.createdAt / 1000,
        is_current: isCurrent,
        ...(isTracked && { last_seen_at: lastSeenAt / 1000 }),
      }
    }),
  })
}
