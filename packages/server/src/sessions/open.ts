import type { Client, Server, Session } from '../exchange.ts'
import type { RequestHead } from '../http/transport.ts'
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

/** What a look finds: the id of a session that has ended as well, which the look leaves there. */
type LookedUp = OpenedSession & { endedId: string | null }

/** Opens the session of a request: an app by its headers, a browser by its cookie, never the reverse. */
export async function openSession(
  server: Server,
  client: Client,
  request: RequestHead,
): Promise<OpenedSession> {
  const found = await lookUpSession(server, client, request)
  if (found.endedId !== null) await deleteSession(server.db, found.endedId)
  return found
}

/** The same without a write: an ended session stays, until the API has told its client so. */
export function lookUpSession(
  server: Server,
  client: Client,
  request: RequestHead,
): Promise<LookedUp> {
  return server.observer.work('session_check', () => lookUp(server, client, request))
}

async function lookUp(server: Server, client: Client, request: RequestHead): Promise<LookedUp> {
  const token = client === 'app' ? appToken(request) : browserToken(server, request)
  if (token === undefined && client === 'app') return lookUpByBearer(server, request)
  if (token === undefined) return anonymous()
  return lookAt(await findSession(server, client, sidOf(token)))
}

/** A token that is no access token, or one that has expired, counts as none. */
async function lookUpByBearer(server: Server, request: RequestHead): Promise<LookedUp> {
  const { headless } = server.settings
  const bearer = bearerToken(request, headless.jwtAuthorizationHeaderScheme)
  const subject = bearer === undefined ? null : await server.tokens.identify(bearer)
  if (!subject) return anonymous()
  const found = await findSession(server, 'app', subject.sid)
  // Whoever has another user by now is not the one the token was made for.
  const own = found && found.session.user?.id === subject.userId ? found : null
  if (!headless.jwtStatefulValidationEnabled) return lookAt(own)
  return own && !own.hasEnded ? lookAt(own) : anonymous()
}

function lookAt(found: StoredSession | null): LookedUp {
  if (!found) return { session: newSession(), credential: 'gone', endedId: null }
  if (!found.hasEnded) return { session: found.session, credential: 'live', endedId: null }
  return { session: newSession(), credential: 'ended', endedId: found.session.id }
}

function anonymous(): LookedUp {
  return { session: newSession(), credential: 'none', endedId: null }
}

/** The one word after the scheme, whose capitals do not matter (RFC 7235 §2.1). */
function bearerToken(request: RequestHead, scheme: string): string | undefined {
  const [word = '', token, ...others] = request.header('authorization')?.trim().split(/\s+/) ?? []
  const isScheme = word.toLowerCase() === scheme.toLowerCase()
  return isScheme && others.length === 0 ? token : undefined
}

/** An empty header counts as none. */
function appToken(request: RequestHead): string | undefined {
  const token = request.header('x-session-token')?.trim()
  return token === '' ? undefined : token
}

function browserToken(server: Server, request: RequestHead): string | undefined {
  return readCookie(request, server.settings.server.sessionCookieName)
}
