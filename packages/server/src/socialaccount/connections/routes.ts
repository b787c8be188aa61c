import { notify } from '../../account/notices.ts'
import { requireRecentProofForChange } from '../../authentication/recent.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { LostRace, Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import { text } from '../../http/fields.ts'
import { requireInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { commit } from '../../sessions/commit.ts'
import type { DatabaseOrTransaction } from '../../storage/open.ts'
import { listEmailAddresses } from '../../users/email-addresses.ts'
import { findUserById, lockUser } from '../../users/users.ts'
import { describeAccount } from '../describe.ts'
import { isProvidersOn } from '../is-on.ts'
import { deleteSocialAccount, listSocialAccounts, type SocialAccount } from '../store.ts'

const path = 'account/providers'

export const connectionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    audience: 'user',
    isOn: isProvidersOn,
    handle: list,
  },
  {
    method: 'DELETE',
    path,
    audience: 'user',
    hasInput: true,
    isOn: isProvidersOn,
    async handle(ctx) {
      await disconnect(ctx)
      return list(ctx)
    },
  },
]

async function list(ctx: Exchange): Promise<Answer> {
  const { id } = signedInUser(ctx)
  const accounts = await listSocialAccounts(ctx.server.db, id)
  return answer(200, { data: accounts.map((account) => describeAccount(ctx.server, account)) })
}

async function disconnect(ctx: Exchange): Promise<void> {
  const user = signedInUser(ctx)
  const { provider, account: uid } = requireInput(ctx, {
    provider: text({ isRequired: true }),
    account: text({ isRequired: true }),
  })
  const accounts = await listSocialAccounts(ctx.server.db, user.id)
  const account = accounts.find((it) => it.provider === provider && it.uid === uid)
  if (!account) throw new Refusal('account_not_found')
  await requireOtherWayIn(ctx, ctx.server.db, account)
  await requireRecentProofForChange(ctx)
  ctx.pending.writes.push(async (tx) => {
    // Of two that are disconnected at once, one would be the last.
    await lockUser(tx, user.id)
    await requireOtherWayIn(ctx, tx, account)
    const left = await listSocialAccounts(tx, user.id)
    if (!left.some(({ id }) => id === account.id)) throw new LostRace()
    await deleteSocialAccount(tx, account.id)
  })
  emit(ctx, { type: 'provider_disconnected', userId: user.id, provider, uid })
  const { name } = describeAccount(ctx.server, account).provider
  notify(ctx, user, 'account_disconnected', { provider: name })
  await commit(ctx)
}

/** @throws Refusal where the account is all that its user can come back with. */
async function requireOtherWayIn(
  { server }: Exchange,
  db: DatabaseOrTransaction,
  { id, userId }: SocialAccount,
): Promise<void> {
  const { account, socialaccount } = server.settings
  const others = (await listSocialAccounts(db, userId)).filter((it) => it.id !== id)
  // By a provider that has left the settings nobody comes back.
  if (others.some((it) => server.providers.apps.some((app) => app.id === it.provider))) return
  const user = await findUserById(db, userId)
  // Where providers are the only way in, a password opens nothing.
  if (socialaccount.only) throw new Refusal('disconnect_last')
  if (user?.passwordHash === null) throw new Refusal('no_password')
  if (account.emailVerification !== 'mandatory') return
  const addresses = await listEmailAddresses(db, userId)
  if (!addresses.some((it) => it.isVerified)) throw new Refusal('no_verified_email')
}
