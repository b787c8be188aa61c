import { notify } from '../../account/notices.ts'
import { requireRecentProof } from '../../authentication/recent.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { seal, unseal } from '../../authenticators/seal.ts'
import {
  type Authenticator,
  findAuthenticator,
  newAuthenticatorId,
} from '../../authenticators/store.ts'
import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import { addFactor, addRecoveryCodes, hasUnverifiedAddress, removeFactors } from '../factors.ts'
import { isBypass } from './bypass.ts'
import { matchingSteps, newTotpSecret, type TotpKey, totpUrl } from './code.ts'

/** The authenticator app of the user who is signed in, of whom each has one at most. */
export function ownTotp(ctx: Exchange): Promise<Authenticator | null> {
  return findAuthenticator(ctx.server.db, uniqueKeyOf(signedInUser(ctx).id))
}

/** A new secret for the user's authenticator app, in the place of any that was shown before. */
export function offerSecret(ctx: Exchange): { secret: string; url: string } {
  const user = signedInUser(ctx)
  const { mfa, server } = ctx.server.settings
  const secret = newTotpSecret()
  ctx.session.state.totpSecret = seal(ctx.server.keys, uniqueKeyOf(user.id), secret)
  const label = user.email ?? user.username ?? user.id
  const issuer = mfa.totpIssuer === '' ? server.siteName : mfa.totpIssuer
  return { secret, url: totpUrl(keyFrom(ctx, secret), label, issuer) }
}

/**
 * Sets the authenticator app up whose first code this is. The code is not used up: it may still be
 * the current one at the next login. @throws Refusal naming what is wrong
 */
export async function activate(ctx: Exchange, code: string): Promise<Authenticator> {
  const user = signedInUser(ctx)
  if (await hasUnverifiedAddress(ctx, user.id)) throw new Refusal('unverified_email', 'code')
  const key = keyToActivate(ctx, user.id, code)
  if (!key) throw new Refusal('incorrect_code', 'code')
  await requireRecentProof(ctx)
  const activated = store(ctx, user.id, key)
  addRecoveryCodes(ctx, user.id)
  emit(ctx, { type: 'totp_activated', userId: user.id })
  notify(ctx, user, 'totp_activated', {})
  return activated
}

/** Removes the authenticator app, where there is one. */
export async function deactivate(ctx: Exchange): Promise<void> {
  const own = await ownTotp(ctx)
  if (!own) return
  await requireRecentProof(ctx)
  const user = signedInUser(ctx)
  removeFactors(ctx, user.id, [own.id])
  emit(ctx, { type: 'totp_deactivated', userId: user.id })
  notify(ctx, user, 'totp_deactivated', {})
}

/** What the app was set up with whose code it is; null where there is none. */
function keyToActivate(ctx: Exchange, userId: string, code: string): TotpKey | null {
  const offered = offeredKey(ctx, userId)
  if (isBypass(ctx, code)) return offered ?? keyFrom(ctx, newTotpSecret())
  const { now, settings } = ctx.server
  const window = { now: now(), tolerance: settings.mfa.totpTolerance }
  return offered && matchingSteps(offered, code, window).length > 0 ? offered : null
}

/** What the app was set up with that the user was shown last. */
function offeredKey(ctx: Exchange, userId: string): TotpKey | null {
  const sealed = ctx.session.state.totpSecret
  if (sealed === undefined) return null
  return keyFrom(ctx, String(unseal(ctx.server.keys, uniqueKeyOf(userId), sealed)))
}

function keyFrom(ctx: Exchange, secret: string): TotpKey {
  const { totpDigits: digits, totpPeriod: period } = ctx.server.settings.mfa
  return { secret, digits, period }
}

function store(ctx: Exchange, userId: string, key: TotpKey): Authenticator {
  delete ctx.session.state.totpSecret
  const { id, number } = newAuthenticatorId(ctx.server.now())
  const data = seal(ctx.server.keys, id, key)
  const row = { id, number, userId, type: 'totp', uniqueKey: uniqueKeyOf(userId), data } as const
  return addFactor(ctx, row, new Refusal('conflict'))
}

function uniqueKeyOf(userId: string): string {
  return `totp:${userId}`
}
