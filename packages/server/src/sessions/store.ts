import { sha256 } from '../crypto/hash.ts'
import { randomNumber, randomToken, uuidv7 } from '../crypto/random.ts'
import { LostRace } from '../errors.ts'
import type { Client, Exchange, Server, Session } from '../exchange.ts'
import { deleteExpired } from '../storage/delete-expired.ts'
import type { Database, DatabaseOrTransaction } from '../storage/open.ts'
import { compileOnce } from '../storage/prepared.ts'
import { endsOf, isTooOld, type SessionEnds } from './lifetime.ts'

/** A stored session as its one query finds it. */
export interface StoredSession {
  session: Session
  /** Something else ended it: this request is told so and the row goes. */
  hasEnded: boolean
}

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
      'users.language',
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
  { db, now, settings }: Pick<Server, 'db' | 'now' | 'settings'>,
  client: Client,
  sid: string,
): Promise<StoredSession | null> {
  const row = await byToken(db, { tokenHash: sid })
  // The client is part of the credential: a cookie is not an app's token, nor the reverse.
  if (!row || row.client !== client || row.expires_at <= now()) return null
  // A limit that was set since the row was written holds at once.
  if (row.user_id !== null && isTooOld(row.created_at, now(), settings.server)) return null
  // What is kept of a user who is not active now is not for whoever else signs in here.
  const state = row.owner_id === row.user_id ? row.state : '{}'
  const session: Session = {
    ...unwritten,
    id: row.id,
    version: row.version,
    state: JSON.parse(state),
    savedState: state,
    createdAt: row.created_at,
    seen: { at: row.last_seen_at, userAgent: row.user_agent },
    user:
      row.user_id === null
        ? null
        : {
            id: row.user_id,
            username: row.username,
            email: row.email,
            hasPassword: row.password_hash !== null,
            language: row.language,
          },
  }
  return { session, hasEnded: row.ended_at !== null }
}

/** A session that is not stored yet, and never will be unless something has to be kept. */
export function newSession(): Session {
  const none = { id: null, user: null, createdAt: null, seen: null }
  return { ...unwritten, ...none, version: 0, state: {}, savedState: '{}' }
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
  // A login makes it the session of whoever logged in, from where and with what they did.
  if (ctx.pending.signIn !== null) session.createdAt = ctx.server.now()
  if (session.id === null) return insertSession(db, ctx)
  const token = session.change === 'rotate' ? randomToken() : null
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set({
      ...written(ctx),
      version: session.version + 1,
      ...(token === null ? {} : { token_hash: sidOf(token) }),
      ...(session.change === 'expire' && { ended_at: ctx.server.now() }),
      ...(ctx.pending.signIn !== null && {
        created_at: session.createdAt ?? ctx.server.now(),
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
  ctx.session.createdAt = now
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
    ...endsOf(session, server.now(), server.settings.server),
  }
}

export async function deleteSession(db: DatabaseOrTransaction, id: string | null): Promise<void> {
  if (id !== null) await db.deleteFrom('sessions').where('id', '=', id).execute()
}

/** Has a session that still lasts end later. False where it does not last any more. */
export async function prolongSession(
  db: DatabaseOrTransaction,
  sid: string,
  ends: SessionEnds,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set(ends)
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
  await deleteExpired(db, { table: 'sessions', key: 'id', time: 'expires_at' }, now)
}

/** Ends the sessions of a user, or all but one, and counts them. Their next request is told so, once. */
export async function endSessions(
  db: DatabaseOrTransaction,
  { userId, exceptId, now }: { userId: string; exceptId: string | null; now: number },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    // The new version has every request that is under way find out.
    .set((eb) => ({ ended_at: now, version: eb('version', '+', 1) }))
    .where('user_id', '=', userId)
    .where('id', '!=', exceptId ?? '')
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** A use of a session that is to be noted. Times are milliseconds since 1970. */
export interface SessionUse {
  at: number
  /** Only where it was last noted by then, or by another browser. */
  notedBefore: number
  /** What is noted besides the time. */
  place: { ip?: string; user_agent?: string }
  /** When it ends from lack of use, if it does. */
  idleEnd: number | null
}

/** Notes a use of a session, unless another request has done so: of many at once, one writes. */
export async function noteUse(
  db: Database,
  id: string,
  { at, notedBefore, place, idleEnd }: SessionUse,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set((eb) => {
      const seen = { last_seen_at: at, ...place }
      if (idleEnd === null) return seen
      // Rows from before there was such a column have what use can not move in the other one.
      const lastsUntil = eb.fn.coalesce('lasts_until', 'expires_at')
      const isFirst = eb(lastsUntil, '<', idleEnd)
      const earliest = eb.case().when(isFirst).then(lastsUntil).else(eb.val(idleEnd)).end()
      return { ...seen, lasts_until: lastsUntil, expires_at: earliest }
    })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .where((eb) => {
      const isDue = eb('last_seen_at', '<=', notedBefore)
      const { user_agent } = place
      return user_agent === undefined ? isDue : eb.or([isDue, eb('user_agent', '!=', user_agent)])
    })
    .execute()
}
