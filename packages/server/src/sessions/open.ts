import type { Client, Server, Session } from '../exchange.ts'
import type { TransportRequest } from '../http/transport.ts'
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
  request: TransportRequest,
): Promise<OpenedSession> {
  const token = client === 'app' ? appToken(request) : browserToken(server, request)
  if (token === undefined) return { session: newSession(), credential: 'none' }
  const found = await findSession(server.db, client, token, server.now())
  if (!found) return { session: newSession(), credential: 'gone' }
  if (!found.hasEnded) return { session: found.session, credential: 'live' }
  await deleteSession(server.db, found.session.id)
  return { session: newSession(), credential: 'ended' }
}

/** An empty header counts as none. */
function appToken(request: TransportRequest): string | undefined {
  const token = request.header('x-session-token')?.trim()
  return token === '' ? undefined : token
}

function browserToken(server: Server, request: TransportRequest): string | undefined {
  return readCookie(request, server.settings.server.sessionCookieName)
}
