import { deleteAllAuthenticators, hasFactor } from '../authenticators/store.ts'
import { writeEvent } from '../events/store.ts'
import type { Exchange } from '../exchange.ts'
import { listEmailAddresses } from '../users/email-addresses.ts'
import { findPhoneNumber } from '../users/phone-numbers.ts'

/**
 * Removes the second factors of an account of which nobody had shown to own the address or number
 * before. Whoever shows it now need not be the one who set them up, and a passkey opens an account
 * alone. At once, so that this login does not stop at a stranger's factor.
 */
export async function removeStrangersFactors(ctx: Exchange, userId: string): Promise<void> {
  const { db } = ctx.server
  if (!(await hasFactor(db, userId))) return
  const addresses = await listEmailAddresses(db, userId)
  const number = await findPhoneNumber(db, userId)
  if (number?.isVerified || addresses.some(({ isVerified }) => isVerified)) return
  const count = await deleteAllAuthenticators(db, userId)
  await writeEvent(ctx, { type: 'factors_removed', userId, count })
}
