import { sha256 } from '../../crypto/hash.ts'
import type { Exchange } from '../../exchange.ts'
import { listEmailAddresses } from '../../users/email-addresses.ts'
import type { User } from '../../users/users.ts'

/** Changes with password and addresses, and with a deactivation: each ends every link and code. */
export async function sealOf(ctx: Exchange, user: User): Promise<string> {
  const addresses = await listEmailAddresses(ctx.server.db, user.id)
  const emails = addresses.map(({ email }) => email).sort()
  return sha256(JSON.stringify([user.passwordHash, emails, user.deactivations]))
}
