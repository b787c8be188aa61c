import type { Exchange } from '../exchange.ts'
import { endSessions } from './store.ts'

/**
 * Ends the sessions of a user when the session is saved, but for the one of the request: whoever is
 * signed in elsewhere has to show anew to be the one.
 */
export function endOtherSessions({ pending, session, server }: Exchange, userId: string): void {
  pending.writes.push((tx) => endSessions(tx, { userId, exceptId: session.id, now: server.now() }))
}
