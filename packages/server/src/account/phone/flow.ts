import { requireRecentProofForChange } from '../../authentication/recent.ts'
import { renewCode } from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange, SessionUser } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import {
  findPhoneHolder,
  findPhoneNumber,
  isPhoneInUse,
  replaceUnverifiedNumber,
} from '../../users/phone-numbers.ts'
import { type Correctable, storeCorrection } from '../correction/correctable.ts'
import { phoneCode, sendPhoneCode, textCode } from '../phone-verification.ts'
import { tellOwnerOfTaken } from '../strangers.ts'

/** Gives a login that waits for a code another number, and sends the code there. */
export async function changeWaiting(
  ctx: Exchange,
  correctable: Correctable,
  phone: string,
): Promise<void> {
  const { login, pending } = correctable
  const { userId } = login
  if (phone === pending.target) throw new Refusal('same_as_current', 'phone')
  const own = await findPhoneNumber(ctx.server.db, userId)
  // It was verified elsewhere meanwhile.
  if (own?.isVerified) throw new Refusal('conflict')
  const holder = own?.phone === phone ? null : await findPhoneHolder(ctx.server.db, phone)
  if (holder && ctx.server.settings.account.preventEnumeration === false) {
    throw new Refusal('phone_taken', 'phone')
  }
  const target = { target: phone, userId: holder ? null : userId }
  await spend(ctx, 'verify_phone', phone)
  const code = renewCode(ctx, phoneCode, pending, target)
  if (code === null) return tellOwnerOfTaken(ctx, phone, holder)
  textCode(ctx, { userId, phone, code })
  storeCorrection(ctx, correctable, (tx) => replaceUnverifiedNumber(tx, userId, phone))
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
