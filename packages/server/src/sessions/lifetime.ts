import type { Session } from '../exchange.ts'
import type { ServerSettings } from '../settings/settings.ts'

/** When a session ends, in milliseconds since 1970, as its row has it. */
export interface SessionEnds {
  /** If it is neither used nor written before; the check of a session looks at this alone. */
  expires_at: number
  /** However much it is used, if it is not written before. */
  lasts_until: number
}

type LifetimeSettings = Pick<
  ServerSettings,
  'sessionCookieAge' | 'sessionIdleTimeout' | 'sessionAbsoluteTimeout'
>

const questionSeconds = 3600
const longestPauseMs = 60_000

/**
 * When a session ends that is written now: the earliest of what the settings say. Its absolute limit
 * counts from `createdAt`, when somebody signed in to it.
 */
export function sessionEnds(
  { createdAt, now, mostSeconds = Infinity }: SessionTimes,
  settings: LifetimeSettings,
): SessionEnds {
  const { sessionCookieAge, sessionIdleTimeout, sessionAbsoluteTimeout } = settings
  const lastsUntil = Math.min(
    now + Math.min(sessionCookieAge, mostSeconds) * 1000,
    createdAt + (sessionAbsoluteTimeout ?? Infinity) * 1000,
  )
  const idleEnd = now + (sessionIdleTimeout ?? Infinity) * 1000
  return { expires_at: Math.min(lastsUntil, idleEnd), lasts_until: lastsUntil }
}

/** Milliseconds since 1970. */
interface SessionTimes {
  createdAt: number
  now: number
  /** It lasts no longer than this, whatever the settings say. */
  mostSeconds?: number
}

/** The same for the session of a request. One that nobody is signed in to counts from its login. */
export function endsOf(
  { user, state, createdAt }: Pick<Session, 'user' | 'state' | 'createdAt'>,
  now: number,
  settings: LifetimeSettings,
): SessionEnds {
  const beganAt = user ? createdAt : (state.login?.startedAt ?? createdAt)
  const times = { createdAt: beganAt ?? now, now }
  // Anybody can ask to sign something, without end, so what holds no more than that does not last.
  const isMereQuestion = !user && Object.keys(state).every((member) => member === 'webauthn')
  return sessionEnds(
    { ...times, ...(isMereQuestion && { mostSeconds: questionSeconds }) },
    settings,
  )
}

/** Whether a session in which somebody is signed in has reached the absolute limit. */
export function isTooOld(
  createdAt: number,
  now: number,
  { sessionAbsoluteTimeout }: LifetimeSettings,
): boolean {
  return sessionAbsoluteTimeout !== null && now - createdAt >= sessionAbsoluteTimeout * 1000
}

/** How long a browser may keep the cookie of a session that was just written, in seconds. */
export function secondsLeft(
  session: Pick<Session, 'user' | 'state' | 'createdAt'>,
  now: number,
  settings: LifetimeSettings,
): number {
  return Math.max(0, Math.floor((endsOf(session, now, settings).lasts_until - now) / 1000))
}

/**
 * How long the use of a session need not be noted again, in milliseconds: a minute, and no more than a
 * tenth of the idle limit, for a session may end that much too early.
 */
export function pauseBetweenNotes({ sessionIdleTimeout }: LifetimeSettings): number {
  return Math.min(longestPauseMs, (sessionIdleTimeout ?? Infinity) * 100)
}
