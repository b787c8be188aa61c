import type { Exchange } from '../exchange.ts'
import { noteSeen } from './store.ts'

const pauseMs = 60_000

/**
 * Notes that a session was used, where the settings ask for it: after the answer, and at most once a
 * minute unless the browser has changed. What fails is only logged.
 */
export function noteActivity(ctx: Exchange): void {
  const { session, server, request, client } = ctx
  if (!server.settings.usersessions.trackActivity || !session.user || !session.seen) return
  const now = server.now()
  const isOther = client === 'browser' && session.seen.userAgent !== request.userAgent
  if (now - session.seen.at < pauseMs && !isOther) return
  // An app keeps the name it signed in with: its requests come from many libraries.
  const userAgent = client === 'browser' ? request.userAgent : session.seen.userAgent
  const seen = { at: now, ip: request.ip, userAgent }
  setImmediate(() => {
    noteSeen(server.db, session.id, seen).catch((error: unknown) =>
      server.log.error({ err: error }, 'activity could not be noted'),
    )
  })
}
