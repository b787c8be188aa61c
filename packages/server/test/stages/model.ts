// What has to be true before a session may be signed in. The server is not asked how it decides:
// the model knows what was sent (whose password, code or key), whether the answer accepted it, and
// what each user has. From that it tells what every session has proved in its current login.

/** How a login began. */
export type Way = 'password' | 'code' | 'passkey' | 'reset' | 'signup' | 'passkey signup'

/** What the settings ask of a login. */
export interface Rules {
  needsVerifiedEmail: boolean
  needsVerifiedPhone: boolean
  /** The ways in after which a mailed code is needed as well. */
  needsCodeAfter: readonly Way[]
  trustSparesCode: boolean
  trustSparesFactor: boolean
  loginTimeoutMs: number
}

/** What is true of a user. */
export interface User {
  isEmailVerified: boolean
  isPhoneVerified: boolean
  /** The current password, as it is stored. */
  passwordHash: string | null
  /** Whether it may be the one of a stranger, who signed up with this user's address. */
  isPasswordDoubtful: boolean
  /** The second factors that were there before the last step, and are still there after it. */
  factors: readonly string[]
}

/** One login of a session: what it began with, and what was proved in it since. */
export interface Login {
  /** Null where it proved to be nobody. */
  user: User | null
  way: Way
  /** The stored password that it began with. */
  passwordHash: string | null
  startedAt: number
  startedInStep: number
  /** Genuine proofs that the server accepted: a code mailed for this login, a factor of its user. */
  proofs: Set<'code' | 'factor'>
  /** Whether its browser was trusted by its user at some moment of it. */
  isTrusted: boolean
}

/** What a session may be. */
export interface Session {
  /** Whom it was signed in to when last looked at, unless that was ended since. */
  user: User | null
  /** The logins that may be its current one: several only where requests were sent at once. */
  logins: Login[]
}

/** The stages that a login still lacks, in their order; none: its user may be signed in. */
export function missing(login: Login, rules: Rules, now: number): string[] {
  const { user, way, proofs } = login
  if (!user) return ['a proof of who it is']
  const isTrusted = login.isTrusted && way !== 'reset'
  const isCodeRequired = rules.needsCodeAfter.includes(way) && !(rules.trustSparesCode && isTrusted)
  const isDoubtful = way === 'password' && user.isPasswordDoubtful
  const needsCode = way === 'code' || isCodeRequired || isDoubtful
  const isFactorSpared = way === 'passkey' || (rules.trustSparesFactor && isTrusted)
  const needsFactor = way === 'passkey signup' || (user.factors.length > 0 && !isFactorSpared)
  const lacks = {
    'a login in time': now - login.startedAt >= rules.loginTimeoutMs,
    // The API lets the second factor be shown after the password was changed elsewhere.
    'the current password':
      way === 'password' && login.passwordHash !== user.passwordHash && !proofs.has('factor'),
    login_by_code: needsCode && !proofs.has('code'),
    verify_phone: rules.needsVerifiedPhone && !user.isPhoneVerified,
    verify_email: rules.needsVerifiedEmail && !user.isEmailVerified,
    mfa_authenticate: needsFactor && !proofs.has('factor'),
  }
  return Object.entries(lacks).flatMap(([stage, isLacking]) => (isLacking ? [stage] : []))
}

/** Why a session must not be signed in to the user; null where it may. */
export function objection(session: Session, user: User, rules: Rules, now: number): string | null {
  if (session.user === user) return null
  const own = session.logins.filter((login) => login.user === user)
  const lacks = own.map((login) => missing(login, rules, now))
  if (lacks.some((stages) => stages.length === 0)) return null
  return lacks.map((stages) => stages.join(', ')).join('; or ') || 'a login of this user'
}

/** Begins a login. Where other requests of the session were under way, theirs may be the later one. */
export function begin(session: Session, login: Login, isAlone: boolean): void {
  session.logins = isAlone ? [login] : [...session.logins, login]
}

/** Ends what a new password of its user ends: the session; and if it was a reset, logins under way. */
export function end(
  session: Session,
  user: User,
  { isReset, step }: { isReset: boolean; step: number },
) {
  if (session.user === user) session.user = null
  const isOver = (login: Login) => isReset && login.user === user && login.startedInStep < step
  session.logins = session.logins.filter((login) => !isOver(login))
}

/** Notes what a look at the session has shown: who is signed in, or whether a stage waits. */
export function see(session: Session, user: User | null, isAnyWaiting: boolean): void {
  session.user = user
  if (user) session.logins = session.logins.filter((login) => login.user !== user)
  else if (!isAnyWaiting) session.logins = []
}
