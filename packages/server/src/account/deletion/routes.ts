import { requireRecentProof } from '../../authentication/recent.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { LostRace } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import type { Route } from '../../http/route.ts'
import { requireCurrent } from '../../sessions/store.ts'
import { listEmailAddresses } from '../../users/email-addresses.ts'
import { eraseUser } from '../../users/erase.ts'
import { notify } from '../notices.ts'

export const accountDeletionRoutes: readonly Route[] = [
  {
    root: '_latchkey',
    method: 'DELETE',
    path: 'account',
    audience: 'user',
    isOn: ({ account }) => account.deletionEnabled,
    async handle(ctx) {
      await requireRecentProof(ctx)
      await deleteAccount(ctx)
      return undefined
    },
  },
]

/** Removes the signed-in user, and with them this session and every other. */
async function deleteAccount(ctx: Exchange): Promise<void> {
  const { session, server, pending } = ctx
  const { id: userId, language } = signedInUser(ctx)
  const addresses = await listEmailAddresses(server.db, userId)
  const reached = addresses.find((it) => it.isPrimary && it.isVerified)
  pending.writes.push(async (tx) => {
    // Whoever has a session that was ended a moment ago, as by a reset of the password, deletes nothing.
    await requireCurrent(tx, session)
    if ((await eraseUser(tx, userId)) === 'missing') throw new LostRace()
  })
  emit(ctx, { type: 'account_deleted', userId })
  notify(ctx, { email: reached?.email ?? null, language }, 'account_deleted', {})
  session.change = 'end'
}
