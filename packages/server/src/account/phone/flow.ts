import { waitingLogin } from '../../authentication/login.ts'
import { requireRecentProofForChange } from '../../authentication/recent.ts'
import { renewCode } from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange, PendingCode, SessionUser } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import {
  findPhoneHolder,
  findPhoneNumber,
  isPhoneInUse,
  savePhoneNumber,
} from '../../users/phone-numbers.ts'
import { notify } from '../notices.ts'
import { pendingPhoneCode, phoneCode, sendPhoneCode, textCode } from '../phone-verification.ts'
import { tellOwnerOfTaken } from '../strangers.ts'

/** A login that waits for a code whose number may still be changed. */
export interface Changeable {
  userId: string
  pending: PendingCode
}

/** @throws Refusal `conflict` where there is no such login. */
export async function requireChangeable(ctx: Exchange): Promise<Changeable> {
  const login = await waitingLogin(ctx, 'verify_phone')
  const pending = login ? await pendingPhoneCode(ctx) : null
  // A login that only pretends has no number to change.
  if (!login?.userId || !pending || pending.changesLeft <= 0) throw new Refusal('conflict')
  return { userId: login.userId, pending }
}

/** Sends the code of a login that waits to another number. */
export async function changeWaiting(
  ctx: Exchange,
  { userId, pending }: Changeable,
  phone: string,
): Promise<void> {
  if (phone === pending.target) throw new Refusal('same_as_current', 'phone')
  const own = await findPhoneNumber(ctx.server.db, userId)
  const holder = own?.phone === phone ? null : await findPhoneHolder(ctx.server.db, phone)
  if (holder && ctx.server.settings.account.preventEnumeration === false) {
    throw new Refusal('phone_taken', 'phone')
  }
  const target = { target: phone, userId: holder ? null : userId }
  await spend(ctx, 'verify_phone', phone)
  const code = renewCode(ctx, phoneCode, pending, target)
  if (code !== null) textCode(ctx, { userId, phone, code })
  else await tellOwnerOfTaken(ctx, phone, holder)
}

/** Begins to change the number of the user who is signed in: the old one stays until the code comes. */
export async function changeNumber(ctx: Exchange, user: SessionUser, phone: string): Promise<void> {
  const { db, settings, now } = ctx.server
  const current = await findPhoneNumber(db, user.id)
  if (current?.phone === phone) throw new Refusal('same_as_current', 'phone')
  const { preventEnumeration, phoneVerificationEnabled } = settings.account
  const mayTell = preventEnumeration === false || !phoneVerificationEnabled
  if (mayTell && (await isPhoneInUse(db, phone))) throw new Refusal('phone_taken', 'phone')
  await requireRecentProofForChange(ctx)
  if (phoneVerificationEnabled) {
    return sendPhoneCode(ctx, { userId: user.id, phone, loginId: null })
  }
  ctx.pending.writes.push(async (tx) => {
    const isSaved = await savePhoneNumber(tx, { userId: user.id, phone, isVerified: false }, now())
    if (!isSaved) throw new Refusal('phone_taken', 'phone')
  })
  emit(ctx, { type: 'phone_changed', userId: user.id, phone })
  notify(ctx, user, 'phone_changed', {})
}
