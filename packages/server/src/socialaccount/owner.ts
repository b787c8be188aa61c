import { deleteAllAuthenticators } from '../authenticators/store.ts'
import { LostRace } from '../errors.ts'
import { emit } from '../events/emit.ts'
import type { Exchange } from '../exchange.ts'
import { endOtherSessions } from '../sessions/end.ts'
import { endTrust } from '../trusted-browsers/store.ts'
import { listEmailAddresses } from '../users/email-addresses.ts'
import { removeUnproved } from '../users/reclaim.ts'
import { findUserById, findUsersByEmail, type User } from '../users/users.ts'
import type { ToldEmail } from './emails.ts'
import { deleteAllSocialAccounts } from './store.ts'

/** Who has one of the addresses that a provider vouches for. */
export interface Owner {
  user: User
  email: string
  /** Whether that user has verified the address here, or was let in by it before. */
  isProved: boolean
}

/**
 * The user of the first verified address that somebody has here. An address that nobody has verified
 * counts where it is the primary one of one account that has verified none: with a verified one beside
 * it, whoever has that would share the account with whom the provider vouches for.
 */
export async function findOwner(
  { server }: Exchange,
  told: readonly ToldEmail[],
): Promise<Owner | null> {
  for (const { email } of told.filter((it) => it.isVerified)) {
    const [user, ...others] = await findUsersByEmail(server.db, email)
    if (!user) continue
    const addresses = await listEmailAddresses(server.db, user.id)
    const own = addresses.find((it) => it.email === email)
    const isProved = own?.isVerified === true || own?.isVouched === true
    if (isProved) return { user, email, isProved }
    const [primary] = addresses
    const isAlone = others.length === 0 && !addresses.some((it) => it.isVerified)
    if (isAlone && primary?.isPrimary && primary.email === email) return { user, email, isProved }
  }
  return null
}

/**
 * Takes from an account, whose address nobody ever verified, all that somebody else may have put there
 * to come back with: password, factors, numbers, other addresses, accounts elsewhere, sessions. Written
 * at once: the login after it must not meet a factor of a stranger. @throws LostRace
 */
export async function reclaim(ctx: Exchange, { user, email }: Owner): Promise<User> {
  const { id } = user
  // Not `transact`: a conflict has the whole request run again, for the exchange has noted what was undone.
  await ctx.server.db.transaction().execute(async (tx) => {
    await removeUnproved(tx, id, email)
    await deleteAllAuthenticators(tx, id)
    await deleteAllSocialAccounts(tx, id)
    await endTrust(tx, id)
    await endOtherSessions(ctx, tx, id)
  })
  emit(ctx, { type: 'credentials_removed', userId: id })
  const reclaimed = await findUserById(ctx.server.db, id)
  if (!reclaimed) throw new LostRace()
  return reclaimed
}
