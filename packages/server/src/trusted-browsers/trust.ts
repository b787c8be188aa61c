import { listAuthenticators } from '../authenticators/store.ts'
import { sha256 } from '../crypto/hash.ts'
import { randomToken } from '../crypto/random.ts'
import { emit } from '../events/emit.ts'
import type { Exchange } from '../exchange.ts'
import { cookieIn } from '../sessions/cookie.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import { findUserById } from '../users/users.ts'
import { insertTrustedBrowser, isTrustedByUser } from './store.ts'

const separator = '.'
// One browser may be trusted by several people; older tokens fall out.
const mostTokens = 8

/** Whether the browser of this request is one that the user trusts. Apps never are. */
export async function isTrustedBrowser(
  ctx: Exchange,
  userId: string,
  db: DatabaseOrTransaction = ctx.server.db,
): Promise<boolean> {
  if (ctx.client !== 'browser') return false
  const tokenHashes = tokensOf(ctx).map(sha256)
  if (tokenHashes.length === 0) return false
  const { now } = ctx.server
  const seal = await sealOf(db, userId)
  return isTrustedByUser(db, { userId, tokenHashes, seal, now: now() })
}

/**
 * Trusts the browser of this request. Returns the value of its cookie: always with a new token, or
 * somebody could plant one that they know.
 */
export async function trustBrowser(ctx: Exchange, userId: string): Promise<string> {
  const token = randomToken()
  const now = ctx.server.now()
  const browser = {
    userId,
    tokenHash: sha256(token),
    seal: await sealOf(ctx.server.db, userId),
    expiresAt: now + ctx.server.settings.mfa.trustCookieAge * 1000,
    ip: ctx.request.ip,
    userAgent: ctx.request.userAgent,
  }
  ctx.pending.writes.push((tx) => insertTrustedBrowser(tx, browser, now))
  emit(ctx, { type: 'browser_trusted', userId })
  return [...tokensOf(ctx), token].slice(-mostTokens).join(separator)
}

function tokensOf(ctx: Exchange): string[] {
  const name = ctx.server.settings.mfa.trustCookieName
  const value = cookieIn(ctx.request.header('cookie'), name) ?? ''
  return value.split(separator).filter((token) => /^[\w-]{43}$/.test(token))
}

/** Changes with the password and with the authenticators, which ends the trust. */
async function sealOf(db: DatabaseOrTransaction, userId: string): Promise<string> {
  const user = await findUserById(db, userId)
  const authenticators = await listAuthenticators(db, userId)
  const ids = authenticators.map(({ id }) => id)
  return sha256(JSON.stringify([userId, user?.passwordEpoch, ids]))
}
