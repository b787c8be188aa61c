import { sha256 } from '../crypto/hash.ts'
import { randomNumber, randomToken, uuidv7 } from '../crypto/random.ts'
import { LostRace } from '../errors.ts'
import type { Client, Exchange, Server, Session } from '../exchange.ts'
import type { ServerSettings } from '../settings/settings.ts'
import type { Database, DatabaseOrTransaction } from '../storage/open.ts'
import { compileOnce } from '../storage/prepared.ts'

/** A stored session as its one query finds it. */
export interface StoredSession {
  session: Session
  /** Something else ended it: this request is told so and the row goes. */
  hasEnded: boolean
}

const questionSeconds = 3600

const unwritten = {
  change: 'none',
  newToken: null,
  appTokens: null,
  wasSaved: false,
  hasSignedIn: false,
} as const

const byToken = compileOnce((db: Database, hole) =>
  db
    .selectFrom('sessions')
    .leftJoin('users', (join) =>
      join.onRef('users.id', '=', 'sessions.user_id').on('users.is_active', '=', 1),
    )
    .leftJoin('email_addresses', (join) =>
      join
        .onRef('email_addresses.user_id', '=', 'users.id')
        .on('email_addresses.is_primary', '=', 1),
    )
    .select([
      'sessions.id',
      'sessions.version',
      'sessions.state',
      'sessions.client',
      'sessions.created_at',
      'sessions.expires_at',
      'sessions.ended_at',
      'sessions.last_seen_at',
      'sessions.user_agent',
      'sessions.user_id as owner_id',
      'users.id as user_id',
      'users.username',
      'users.password_hash',
      'email_addresses.email',
    ])
    .where('sessions.token_hash', '=', hole('tokenHash')),
)

/** What stands for a session under its present token: it opens nothing by itself. */
export function sidOf(token: string): string {
  return sha256(token)
}

/** The session of this kind of client that `sid` stands for, or null. */
export async function findSession(
  db: Database,
  client: Client,
  sid: string,
  now: number,
): Promise<StoredSession | null> {
  const row = await byToken(db, { tokenHash: sid })
  // The client is part of the credential: a cookie is not an app's token, nor the reverse.
  if (!row || row.client !== client || row.expires_at <= now) return null
  // What is kept of a user who is not active now is not for whoever else signs in here.
  const state = row.owner_id === row.user_id ? row.state : '{}'
  const session: Session = {
    id: row.id,
    version: row.version,
    state: JSON.parse(state),
    savedState: state,
    seen: { at: row.last_seen_at, userAgent: row.user_agent },
    createdAt: row.created_at,
    user:
      row.user_id === null
        ? null
        : {
            id: row.user_id,
            username: row.username,
            email: row.email,
            hasPassword: row.password_hash !== null,
          },
    ...unwritten,
  }
  return { session, hasEnded: row.ended_at !== null }
}

/** A session that is not stored yet, and never will be unless something has to be kept. */
export function newSession(): Session {
  return {
    id: null,
    version: 0,
    user: null,
    state: {},
    savedState: '{}',
    seen: null,
    createdAt: null,
    ...unwritten,
  }
}

/** Writes the session by compare-and-swap. @throws LostRace if another request wrote it meanwhile. */
export async function saveSession(db: DatabaseOrTransaction, ctx: Exchange): Promise<void> {
  const { session } = ctx
  if (session.change === 'end') {
    await deleteSession(db, session.id)
    Object.assign(session, newSession())
    return
  }
  session.hasSignedIn = session.change === 'rotate' && session.user !== null
  session.wasSaved = true
  if (session.id === null) return insertSession(db, ctx)
  const token = session.change === 'rotate' ? randomToken() : null
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set({
      ...written(ctx),
      version: session.version + 1,
      ...(token === null ? {} : { token_hash: sidOf(token) }),
      ...(session.change === 'expire' && { ended_at: ctx.server.now() }),
      // A login makes it the session of whoever logged in, from where and with what they did.
      ...(ctx.pending.signIn !== null && {
        created_at: ctx.server.now(),
        ip: ctx.request.ip,
        user_agent: ctx.request.userAgent,
      }),
    })
    .where('id', '=', session.id)
    .where('version', '=', session.version)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new LostRace()
  session.version += 1
  session.savedState = JSON.stringify(session.state)
  session.change = 'none'
  session.newToken = token ?? session.newToken
}

/** Has a request that changes no session write only while its session lasts. @throws LostRace */
export async function requireCurrent(db: DatabaseOrTransaction, session: Session): Promise<void> {
  if (session.id === null) return
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', '=', session.id)
    .where('version', '=', session.version)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new LostRace()
}

async function insertSession(db: DatabaseOrTransaction, ctx: Exchange): Promise<void> {
  const now = ctx.server.now()
  const token = randomToken()
  const id = uuidv7(now)
  await db
    .insertInto('sessions')
    .values({
      ...written(ctx),
      id,
      number: randomNumber(),
      token_hash: sidOf(token),
      client: ctx.client,
      version: 1,
      created_at: now,
      last_seen_at: now,
      ended_at: null,
      ip: ctx.request.ip,
      user_agent: ctx.request.userAgent,
    })
    .execute()
  const savedState = JSON.stringify(ctx.session.state)
  Object.assign(ctx.session, { id, version: 1, savedState, change: 'none', newToken: token })
}

function written({ session, server }: Exchange) {
  return {
    state: JSON.stringify(session.state),
    user_id: session.user?.id ?? null,
    expires_at: expiryOf(session, server),
  }
}

/** When the session ends if it is used now and not again. */
export function expiryOf(session: Session, { now, settings }: Server): number {
  return now() + lifetimeSeconds(session, settings.server) * 1000
}

/** Anybody can ask to sign something, without end, so what holds no more than that does not last. */
function lifetimeSeconds({ user, state }: Session, { sessionCookieAge }: ServerSettings): number {
  const isMereQuestion = !user && Object.keys(state).every((member) => member === 'webauthn')
  return isMereQuestion ? Math.min(sessionCookieAge, questionSeconds) : sessionCookieAge
}

export async function deleteSession(db: DatabaseOrTransaction, id: string | null): Promise<void> {
  if (id !== null) await db.deleteFrom('sessions').where('id', '=', id).execute()
}

/** Has a session that still lasts end later. False where it does not last any more. */
export async function prolongSession(
  db: DatabaseOrTransaction,
  { sid, expiresAt }: { sid: string; expiresAt: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set({ expires_at: expiresAt })
    .where('token_hash', '=', sid)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Ends a session at once. Returns its id; null where there is none. */
export async function deleteSessionOf(
  db: DatabaseOrTransaction,
  sid: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('sessions')
    .select('id')
    .where('token_hash', '=', sid)
    .executeTakeFirst()
  if (!row) return null
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n ? row.id : null
}

/** Removes the sessions that are over. */
export async function sweepSessions(db: Database, now: number): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', now).execute()
}

/** Ends the sessions of a user, or all but one. Their next request is told so, once. */
export async function endSessions(
  db: DatabaseOrTransaction,
  { userId, exceptId, now }: { userId: string; exceptId: string | null; now: number },
): Promise<void> {
  await db
    .updateTable('sessions')
    // The new version has every request that is under way find out.
    .set((eb) => ({ ended_at: now, version: eb('version', '+', 1) }))
    .where('user_id', '=', userId)
    .where('id', '!=', exceptId ?? '')
    .where('ended_at', 'is', null)
    .execute()
}

/** Notes when, from where and by what a session was last used. */
export async function noteSeen(
  db: Database,
  id: string | null,
  { at, ip, userAgent }: { at: number; ip: string; userAgent: string },
): Promise<void> {
  if (id === null) return
  const seen = { last_seen_at: at, ip, user_agent: userAgent }
  await db.updateTable('sessions').set(seen).where('id', '=', id).execute()
}
