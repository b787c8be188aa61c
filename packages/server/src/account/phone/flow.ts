import { waitingLogin } from '../../authentication/login.ts'
import { requireRecentProofForChange } from '../../authentication/recent.ts'
import { renewCode } from '../../codes/pending.ts'
import { LostRace, Refusal } from '../../errors.ts'
import type { Exchange, PendingCode, SessionUser } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import { findUserDates } from '../../users/dates.ts'
import {
  findPhoneHolder,
  findPhoneNumber,
  isPhoneInUse,
  savePhoneNumber,
} from '../../users/phone-numbers.ts'
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
  // Whoever was signed in once changes the number there.
  const dates = await findUserDates(ctx.server.db, login.userId)
  if (dates?.lastLoginAt !== null) throw new Refusal('conflict')
  return { userId: login.userId, pending }
}

/** Gives a login that waits for a code another number, and sends the code there. */
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
  if (code === null) return tellOwnerOfTaken(ctx, phone, holder)
  textCode(ctx, { userId, phone, code })
  // Written at once: whoever comes back later logs in with the corrected number.
  ctx.pending.writes.push(async (tx) => {
    const number = { userId, phone, isVerified: false }
    if (!(await savePhoneNumber(tx, number, ctx.server.now()))) throw new LostRace()
  })
}

/** Begins to change the number of the user who is signed in: the old one stays until the code comes. */
export async function changeNumber(ctx: Exchange, user: SessionUser, phone: string): Promise<void> {
  const { db, settings } = ctx.server
  const current = await findPhoneNumber(db, user.id)
  if (current?.phone === phone) throw new Refusal('same_as_current', 'phone')
  const mayTell = settings.account.preventEnumeration === false
  if (mayTell && (await isPhoneInUse(db, phone))) throw new Refusal('phone_taken', 'phone')
  await requireRecentProofForChange(ctx)
  // Also where no login asks for a verified number: the API has it that a change does.
  await sendPhoneCode(ctx, { userId: user.id, phone, loginId: null })
}
