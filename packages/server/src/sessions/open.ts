import type { Client, Server, Session } from '../exchange.ts'
import type { RequestHead } from '../http/transport.ts'
import { readCookie } from './cookie.ts'
import { deleteSession, findSession, newSession } from './store.ts'

/** The session that a request brings, and whether the credential it came with still opens one. */
export interface OpenedSession {
  session: Session
  /**
   * `none`: no credential; `live`; `ended`: something else ended the session, which is said once;
   * `gone`: the credential opens nothing.
   */
  credential: 'none' | 'live' | 'ended' | 'gone'
}

/** Opens the session of a request: an app by its header, a browser by its cookie, never the reverse. */
export async function openSession(
  server: Server,
  client: Client,
  request: RequestHead,
): Promise<OpenedSession> {
  const { endedId, ...opened } = await lookUpSession(server, client, request)
  if (endedId !== null) await deleteSession(server.db, endedId)
  return opened
}

/** The same without a write: an ended session stays, until the API has told its client so. */
export async function lookUpSession(
  server: Server,
  client: Client,
  request: RequestHead,
): Promise<OpenedSession & { endedId: string | null }> {
  const token = client === 'app' ? appToken(request) : browserToken(server, request)
  if (token === undefined) return { session: newSession(), credential: 'none', endedId: null }
  const found = await findSession(server.db, client, token, server.now())
  if (!found) return { session: newSession(), credential: 'gone', endedId: null }
  if (!found.hasEnded) return { session: found.session, credential: 'live', endedId: null }
  return { session: newSession(), credential: 'ended', endedId: found.session.id }
}

/** An empty header counts as none. */
function appToken(request: RequestHead): string | undefined {
  const token = request.header('x-session-token')?.trim()
  return token === '' ? undefined : token
}

function browserToken(server: Server, request: RequestHead): string | undefined {
  return readCookie(request, server.settings.server.sessionCookieName)
}
