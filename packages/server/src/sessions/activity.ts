import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Client, Server, Session } from '../exchange.ts'
import { pauseBetweenNotes } from './lifetime.ts'
import { noteUse, type SessionUse } from './store.ts'

/** The request that a session was used by. */
export interface UsedBy {
  client: Client
  /** The address of the client, behind the trusted proxies. */
  ip: string
  userAgent: string
}

/**
 * Notes that a session was used, where the settings ask for it: after the answer, and not again before
 * a minute or a tenth of the idle limit has passed, unless the browser has changed. What fails is only
 * logged.
 */
export function noteActivity(
  server: Server,
  session: Pick<Session, 'id' | 'user' | 'seen'>,
  by: UsedBy,
): void {
  const use = useToNote(server, session, by)
  if (use === null || session.id === null) return
  const noted = noteLater(server, session.id, use)
  const open = underWay.get(server) ?? new Set()
  underWay.set(server, open.add(noted))
  void noted.finally(() => open.delete(noted))
}

/** Waits for the notes that are being written, before the database is closed. */
export async function settleActivity(server: Server): Promise<void> {
  await Promise.all(underWay.get(server) ?? [])
}

const underWay = new WeakMap<Server, Set<Promise<void>>>()

function useToNote(
  { settings, now }: Server,
  { user, seen }: Pick<Session, 'user' | 'seen'>,
  { client, ip, userAgent }: UsedBy,
): SessionUse | null {
  const idleSeconds = settings.server.sessionIdleTimeout
  const isTracked = settings.usersessions.trackActivity && user !== null
  if (!seen || (!isTracked && idleSeconds === null)) return null
  const at = now()
  const notedBefore = at - pauseBetweenNotes(settings.server)
  // An app keeps the name it signed in with: its requests come from many libraries.
  const place = { ip, ...(client === 'browser' && { user_agent: userAgent }) }
  const isOther = isTracked && client === 'browser' && seen.userAgent !== userAgent
  if (seen.at > notedBefore && !isOther) return null
  return {
    at,
    notedBefore,
    place: isTracked ? place : {},
    idleEnd: idleSeconds === null ? null : at + idleSeconds * 1000,
  }
}

async function noteLater({ db, log }: Server, id: string, use: SessionUse): Promise<void> {
  try {
    await nextTurn()
    await noteUse(db, id, use)
  } catch (error) {
    log.error({ err: error }, 'activity could not be noted')
  }
}
