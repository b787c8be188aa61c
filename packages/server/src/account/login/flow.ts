import { compareWithinLimit } from '../../authentication/compare.ts'
import { startLogin } from '../../authentication/login.ts'
import { secondsNow } from '../../authentication/records.ts'
import { LostRace, Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import { writeEvent } from '../../events/store.ts'
import type { Exchange } from '../../exchange.ts'
import { oneSpelling, usernameKey } from '../../users/spelling.ts'
import {
  findUserByPhone,
  findUserByUsername,
  findUsersByEmail,
  replacePasswordHash,
  type User,
} from '../../users/users.ts'
import type { LoginInput } from './input.ts'

/** Logs in by password. @throws Refusal if it is wrong, too often tried, or somebody is signed in. */
export async function loginWithPassword(ctx: Exchange, input: LoginInput): Promise<void> {
  const user = await compareWithinLimit(ctx, attemptKey(input), () => findByPassword(ctx, input))
  if (user === null) throw new Refusal('too_many_login_attempts')
  if (user === false) {
    const userId = await findOnlyCandidate(ctx, input)
    await writeEvent(ctx, { type: 'login_failed', userId, method: 'password' })
    throw new Refusal(`${input.method}_password_mismatch`, 'password')
  }
  if (ctx.session.user) throw new Refusal('conflict')
  await startLogin(ctx, {
    userId: user.id,
    isActive: user.isActive,
    epoch: user.epoch,
    language: user.language,
    passwordEpoch: user.passwordEpoch,
    proof: {
      method: 'password',
      at: secondsNow(ctx),
      ...(input.method !== 'phone' && { [input.method]: input.identifier }),
    },
    ...(input.method === 'email' && { email: input.identifier }),
  })
}

/** Whose account was tried: for the audit log alone. Null where that is nobody's, or could be several. */
async function findOnlyCandidate(ctx: Exchange, input: LoginInput): Promise<string | null> {
  const [candidate, ...others] = await findCandidates(ctx, input)
  return candidate && others.length === 0 ? candidate.id : null
}

async function findByPassword(ctx: Exchange, input: LoginInput): Promise<User | false> {
  const { hasher } = ctx.server
  const candidates = await findCandidates(ctx, input)
  for (const user of candidates) {
    const { id, passwordHash } = user
    const matches = await hasher.verify(input.password, passwordHash ?? hasher.decoy)
    if (matches && passwordHash !== null) {
      await keepOrRehash(ctx, { id, passwordHash }, input.password)
      return user
    }
  }
  // Hash even when there is no such user, or the answer's speed tells who has an account.
  if (candidates.length === 0) await hasher.verify(input.password, hasher.decoy)
  return false
}

async function findCandidates(ctx: Exchange, { method, identifier }: LoginInput): Promise<User[]> {
  const { db, settings } = ctx.server
  if (method === 'email') return findUsersByEmail(db, identifier)
  if (method === 'phone') return listed(await findUserByPhone(db, identifier))
  const user = await findUserByUsername(db, identifier)
  // People type their address into a field for usernames; where addresses log in, it may.
  if (user || !settings.account.loginMethods.includes('email')) return listed(user)
  return identifier.includes('@') ? findUsersByEmail(db, oneSpelling(identifier)) : []
}

function listed(user: User | null): User[] {
  return user ? [user] : []
}

/** A password that is replaced while it is checked opens nothing. */
async function keepOrRehash(
  ctx: Exchange,
  { id, passwordHash: from }: { id: string; passwordHash: string },
  password: string,
): Promise<void> {
  const { hasher } = ctx.server
  const isOutdated = hasher.isOutdated(from)
  const to = isOutdated ? await hasher.hash(password) : from
  ctx.pending.writes.push(async (tx) => {
    if (!(await replacePasswordHash(tx, { id, from, to, isNew: false }))) throw new LostRace()
  })
  if (isOutdated) emit(ctx, { type: 'password_rehashed', userId: id })
}

/** Spellings of one identifier share a count. */
function attemptKey({ method, identifier }: LoginInput): string {
  return method === 'phone' ? identifier : usernameKey(oneSpelling(identifier))
}
