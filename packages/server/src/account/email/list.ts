import type { EmailAddress as ListedAddress } from '@latchkey/contract'
import { signedInUser } from '../../authentication/signed-in.ts'
import type { Exchange } from '../../exchange.ts'
import { type EmailAddress, listEmailAddresses } from '../../users/email-addresses.ts'
import { pendingEmailCode } from '../email-verification.ts'

/** The addresses of the user who is signed in. */
export function ownAddresses(ctx: Exchange): Promise<EmailAddress[]> {
  return listEmailAddresses(ctx.server.db, signedInUser(ctx).id)
}

/** The addresses as answers list them; one that waits for its code comes last, stored or not. */
export async function listAddresses(ctx: Exchange): Promise<ListedAddress[]> {
  const addresses = await ownAddresses(ctx)
  const listed = addresses.map(describeAddress)
  const waiting = await pendingEmailCode(ctx)
  if (!waiting) return listed
  const stored = listed.find((it) => it.email === waiting.target)
  return [...listed, stored ?? { email: waiting.target, verified: false, primary: false }]
}

export function describeAddress({ email, isVerified, isPrimary }: EmailAddress): ListedAddress {
  return { email, verified: isVerified, primary: isPrimary }
}
