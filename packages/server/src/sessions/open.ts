import type { Client, Server, Session } from '../exchange.ts'
import type { TransportRequest } from '../http/transport.ts'
import { readCookie } from './cookie.ts'
import { deleteSession, findSession, newSession, type StoredSession, sidOf } from './store.ts'

/** The session that a request brings, and whether the credential it came with still opens one. */
export interface OpenedSession {
  session: Session
  /**
   * `none`: no credential; `live`; `ended`: something else ended the session, which is said once;
   * `gone`: the credential opens nothing.
   */
  credential: 'none' | 'live' | 'ended' | 'gone'
}

/** Opens the session of a request: an app by its headers, a browser by its cookie, never the reverse. */
export async function openSession(
  server: Server,
  client: Client,
  request: TransportRequest,
): Promise<OpenedSession> {
  const token = client === 'app' ? appToken(request) : browserToken(server, request)
  if (token === undefined && client === 'app') return openByBearer(server, request)
  if (token === undefined) return anonymous()
  return openFound(server, await findSession(server.db, client, sidOf(token), server.now()))
}

/** A token that is no access token, or one that has expired, counts as none. */
async function openByBearer(server: Server, request: TransportRequest): Promise<OpenedSession> {
  const { headless } = server.settings
  const bearer = bearerToken(request, headless.jwtAuthorizationHeaderScheme)
  const subject = bearer === undefined ? null : await server.tokens.identify(bearer)
  if (!subject) return anonymous()
  const found = await findSession(server.db, 'app', subject.sid, server.now())
  // Whoever has another user by now is not the one the token was made for.
  const own = found && found.session.user?.id === subject.userId ? found : null
  if (!headless.jwtStatefulValidationEnabled) return openFound(server, own)
  return own && !own.hasEnded ? openFound(server, own) : anonymous()
}

async function openFound(server: Server, found: StoredSession | null): Promise<OpenedSession> {
  if (!found) return { session: newSession(), credential: 'gone' }
  if (!found.hasEnded) return { session: found.session, credential: 'live' }
  await deleteSession(server.db, found.session.id)
  return { session: newSession(), credential: 'ended' }
}

function anonymous(): OpenedSession {
  return { session: newSession(), credential: 'none' }
}

/** The one word after the scheme, whose capitals do not matter (RFC 7235 §2.1). */
function bearerToken(request: TransportRequest, scheme: string): string | undefined {
  const [word = '', token, ...others] = request.header('authorization')?.trim().split(/\s+/) ?? []
  const isScheme = word.toLowerCase() === scheme.toLowerCase()
  return isScheme && others.length === 0 ? token : undefined
}

/** An empty header counts as none. */
function appToken(request: TransportRequest): string | undefined {
  const token = request.header('x-session-token')?.trim()
  return token === '' ? undefined : token
}

function browserToken(server: Server, request: TransportRequest): string | undefined {
  return readCookie(request, server.settings.server.sessionCookieName)
}
