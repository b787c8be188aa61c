// What a test knows of users, sessions and messages.
import type { TestAnswer, TestClient } from '../../src/testing/client.ts'
import type { SecurityKey } from '../../src/testing/security-key.ts'
import type { Login, Session, User, Way } from './model.ts'

/** A user, with all that they own and know. */
export interface Person extends User {
  name: string
  email: string
  phone: string
  hasAccount: boolean
  /** Their passwords, the current one last. */
  passwords: string[]
  /** What their authenticator app holds, and the time steps whose code was accepted. */
  app: { secret: string; used: Set<number> } | null
  recovery: { number: number; codes: string[]; used: Set<string> } | null
  keys: { key: SecurityKey; number: number }[]
  /** The authenticators that the server has stored for them. */
  authenticators: readonly { id: string; number: number; type: string; isFactor: boolean }[]
  /** What a trust of theirs depends on, before the last step and after it. */
  seals: readonly string[]
}

/** A session, with the client that holds it. */
export interface Slot extends Session {
  name: string
  client: TestClient
  /** The stage that waits, as far as answers tell. */
  stage: string | undefined
  /** The challenges that a key may sign: the last one, or several that were asked for at once. */
  challenges: string[]
  /** The last challenge, used up or not. */
  lastChallenge: string
}

/** A code or key in a message. */
export interface Secret {
  purpose: 'login' | 'email' | 'phone' | 'reset'
  to: string
  text: string
  /** Who asked for it, and within which login. */
  slots: readonly Slot[]
  logins: Set<Login>
  /** Another has taken its place, or it was accepted. */
  isOver: boolean
}

/** What came of a command. */
export interface Played {
  slot: Slot
  /** What was done, in words. */
  text: string
  answer: TestAnswer
  /** Whether a code that it asked for opens nothing. */
  isInVain?: boolean
  /** The login that it began, if it was accepted. */
  begins?: { user: Person | null; way: Way } | undefined
  /** The password that it set, if it was accepted. */
  sets?: { person: Person; password: string; isReset: boolean } | undefined
  /** Notes what else it has proved, if it was accepted; `isAlone` in its session, that is. */
  proves?: ((isAlone: boolean) => void) | undefined
}

/** Somebody who has no account yet. */
export function stranger(name: string, phone: string): Person {
  return {
    name,
    email: `${name}@example.org`,
    phone,
    hasAccount: false,
    passwords: [`correct horse of ${name}`],
    app: null,
    recovery: null,
    keys: [],
    authenticators: [],
    seals: [],
    isEmailVerified: false,
    isPhoneVerified: false,
    passwordHash: null,
    isPasswordDoubtful: false,
    factors: [],
  }
}

/** Takes over what the server has stored for somebody. */
export function takeOver(
  person: Person,
  stored: { passwordHash: string | null; authenticators: Person['authenticators'] },
): void {
  const { passwordHash, authenticators } = stored
  const ids = authenticators.map(({ id }) => id)
  const numbers = authenticators.map(({ number }) => number)
  const factors = authenticators.filter(({ isFactor }) => isFactor).map(({ id }) => id)
  person.hasAccount = true
  person.passwordHash = passwordHash
  person.factors = factors.filter((id) => person.authenticators.some((it) => it.id === id))
  person.authenticators = authenticators
  person.seals = [person.seals.at(-1) ?? '', `${passwordHash} ${ids}`]
  person.keys = person.keys.filter(({ number }) => numbers.includes(number))
  if (!authenticators.some(({ type }) => type === 'totp')) person.app = null
  if (person.recovery && !numbers.includes(person.recovery.number)) person.recovery = null
}

/** Whether it is a code, which works in the session that asked for it; a link works anywhere. */
export function isCode({ text }: Secret): boolean {
  return text.length < 20
}

/** Whether the server takes it, sent in this session. */
export function isUsableIn(slot: Slot, secret: Secret | undefined): secret is Secret {
  return secret?.isOver === false && (!isCode(secret) || secret.slots.includes(slot))
}

/** Whether a code has certainly taken the place of another. A link does not end those before it. */
export function isReplaced(before: Secret, after: Secret): boolean {
  if (before.purpose !== after.purpose || before.slots.length !== 1 || !isCode(before)) return false
  if (after.purpose === 'reset') return after.slots.some((slot) => before.slots.includes(slot))
  return [...after.logins].some((login) => before.logins.has(login))
}

/** Whether the server took what was sent: it answers what the session is then. */
export function isAccepted({ status }: TestAnswer): boolean {
  return status === 200 || status === 401
}

/** The stage that waits, as the answer tells. */
export function stageOf({ body }: Pick<TestAnswer, 'body'>): string | undefined {
  const waiting = body.data?.flows?.filter((flow) => flow.is_pending) ?? []
  return waiting.find(({ id }) => id !== 'password_reset_by_code')?.id
}
