import type { Exchange, Server, Session, SessionUser } from '../exchange.ts'
import type { RefreshContext, TokenSession } from '../settings/token-strategy.ts'
import { endsOf } from './lifetime.ts'
import { findSession, sidOf } from './store.ts'

/**
 * Makes the tokens that an app gets beside its session token, once it is signed in. Where that fails, as
 * in a function of the settings, the log says so and the app has its session token.
 */
export async function issueTokens({ server, client, session }: Exchange): Promise<void> {
  const { user, newToken } = session
  if (client !== 'app' || user === null || newToken === null) return
  const described = describeSession(server, session, { user, sid: sidOf(newToken) })
  try {
    session.appTokens = await server.tokens.issue(described)
  } catch (error) {
    server.log.error({ err: error, userId: user.id }, 'no tokens could be made for a login')
  }
}

/** What a strategy may ask while it refreshes tokens for a request. */
export function refreshContext({ server, request }: Exchange): RefreshContext {
  return {
    ip: request.ip,
    userAgent: request.userAgent,
    findSession: (sid) => findTokenSession(server, sid),
  }
}

/** The session of an app that `sid` stands for; null unless somebody is signed in to it. */
async function findTokenSession(server: Server, sid: string): Promise<TokenSession | null> {
  const found = await findSession(server, 'app', sid)
  if (!found || found.hasEnded || found.session.user === null) return null
  return describeSession(server, found.session, { user: found.session.user, sid })
}

function describeSession(
  server: Server,
  session: Session,
  { user, sid }: { user: SessionUser; sid: string },
): TokenSession {
  const { id, username, email } = user
  const now = server.now()
  const { lasts_until: expiresAt } = endsOf(session, now, server.settings.server)
  return {
    sid,
    user: { id, username, email },
    signedInAt: session.createdAt ?? now,
    expiresAt,
  }
}
