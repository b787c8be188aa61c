import { decrypt, encrypt } from '../crypto/encrypt.ts'
import type { Keys } from '../crypto/keys.ts'
import { LostRace } from '../errors.ts'
import { writeEventFrom } from '../events/store.ts'
import type { Log } from '../log.ts'
import { sessionEnds } from '../sessions/lifetime.ts'
import { deleteSessionOf, prolongSession } from '../sessions/store.ts'
import type { AppTokens, RefreshContext, TokenSession } from '../settings/token-strategy.ts'
import type { Database, DatabaseOrTransaction } from '../storage/open.ts'
import { transact } from '../storage/transact.ts'
import { makeAccessToken, makeRefreshToken, scopeOf, type TokenMaker } from './issue.ts'
import {
  findRefreshToken,
  insertRefreshToken,
  type StoredRefreshToken,
  useRefreshToken,
} from './store.ts'
import { verifyToken } from './token.ts'

/** What refreshing needs. */
export interface Refresher extends TokenMaker {
  db: Database
  keys: Keys
  log: Log
}

/**
 * Trades a refresh token for new tokens; null where it is refused. A token is traded once. Within the
 * grace period the same one answers the same successor again; after it, its use ends the session.
 */
export async function refreshTokens(
  refresher: Refresher,
  token: string,
  context: RefreshContext,
): Promise<AppTokens | null> {
  const { settings, keyring, now, db } = refresher
  const scope = scopeOf(settings, 'refresh')
  const claims = await verifyToken(keyring, token, { use: 'refresh', scope, now: now() })
  if (!claims) return null
  const { jti, sid, userId } = claims
  const stored = await findRefreshToken(db, jti)
  const session = await context.findSession(sid)
  if (!stored || session?.user.id !== userId) return null
  if (stored.usedAt !== null) return usedBefore(refresher, { jti, stored, session, context })
  if (!settings.headless.jwtRotateRefreshToken) return keep(refresher, session)
  const traded = await trade(refresher, jti, session)
  if (traded) return traded
  // Somebody was faster: this is a second use after all.
  const again = await findRefreshToken(db, jti)
  return again ? usedBefore(refresher, { jti, stored: again, session, context }) : null
}

/** Without rotation the token stays as it is, and its use counts as use of the session. */
async function keep(refresher: Refresher, session: TokenSession): Promise<AppTokens> {
  const accessToken = await makeAccessToken(refresher, session)
  await prolong(refresher, refresher.db, session)
  return { accessToken }
}

/** A session that ended meanwhile is no session to make tokens for. @throws LostRace */
async function prolong(
  { settings, now }: Refresher,
  db: DatabaseOrTransaction,
  { sid, signedInAt }: TokenSession,
): Promise<void> {
  const ends = sessionEnds({ createdAt: signedInAt, now: now() }, settings.server)
  if (!(await prolongSession(db, sid, ends))) throw new LostRace()
}

/** Makes the successors and uses the token up; null where it was used meanwhile. */
async function trade(
  refresher: Refresher,
  jti: string,
  session: TokenSession,
): Promise<AppTokens | null> {
  const { db, keys, now } = refresher
  const accessToken = await makeAccessToken(refresher, session)
  const refresh = await makeRefreshToken(refresher, session)
  const tokens = { accessToken, refreshToken: refresh.token }
  const successor = encrypt(keys.current('refresh'), JSON.stringify(tokens), jti)
  const wasFirst = await transact(db, async (tx) => {
    await prolong(refresher, tx, session)
    if (!(await useRefreshToken(tx, { jti, now: now(), successor }))) return false
    await insertRefreshToken(tx, refresh)
    return true
  })
  return wasFirst ? tokens : null
}

interface SecondUse {
  jti: string
  stored: StoredRefreshToken
  session: TokenSession
  context: RefreshContext
}

async function usedBefore(refresher: Refresher, use: SecondUse): Promise<AppTokens | null> {
  const { settings, now, keys } = refresher
  const { usedAt, successor } = use.stored
  if (usedAt === null) return null
  if (now() - usedAt > settings.headless.jwtRefreshTokenGracePeriod * 1000) {
    await endFamily(refresher, use)
    return null
  }
  if (!settings.headless.jwtRefreshTokenIdempotent || successor === null) return null
  const text = decrypt(keys.all('refresh'), successor, use.jti)
  // `trade` wrote it, and the authentication tag was right.
  return text === undefined ? null : (JSON.parse(text) as AppTokens)
}

/** Somebody else has had the token: the session ends, and with it all that came of it. */
async function endFamily(refresher: Refresher, use: SecondUse): Promise<void> {
  const { db, now, log } = refresher
  const { session, context } = use
  const userId = session.user.id
  const { ip, userAgent } = context
  await transact(db, async (tx) => {
    const sessionId = await deleteSessionOf(tx, session.sid)
    if (sessionId === null) return
    const event = { type: 'refresh_token_reused', userId } as const
    const origin = { now: now(), sessionId, ip, userAgent }
    await writeEventFrom(tx, refresher, { event, origin })
  })
  log.warn({ userId, ip }, 'a refresh token was used again after its time: its session was ended')
}
