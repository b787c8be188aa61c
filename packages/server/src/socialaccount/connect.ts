import { notify } from '../account/notices.ts'
import { requireRecentProofForChange } from '../authentication/recent.ts'
import { ReauthenticationRequired, Refusal } from '../errors.ts'
import { emit } from '../events/emit.ts'
import type { Exchange } from '../exchange.ts'
import type { ProviderIdentity } from '../providers/identity.ts'
import { findUsersByEmail } from '../users/users.ts'
import { appOf, toldEmails } from './emails.ts'
import { noteAccount } from './note-account.ts'
import { keepOfRefused } from './refused.ts'
import { findSocialAccount, insertSocialAccount, saveSocialTokens } from './store.ts'

/**
 * Connects an account at a provider with whoever is signed in. @throws Refusal where nobody is, or it
 * belongs to somebody else; ReauthenticationRequired
 */
export async function connectByProvider(ctx: Exchange, identity: ProviderIdentity): Promise<void> {
  delete ctx.session.state.providerSignup
  try {
    await connect(ctx, identity)
  } catch (error) {
    const isRefused = error instanceof Refusal || error instanceof ReauthenticationRequired
    if (isRefused) await keepOfRefused(ctx)
    throw error
  }
}

async function connect(ctx: Exchange, identity: ProviderIdentity): Promise<void> {
  const { user } = ctx.session
  if (!user) throw new Refusal('permission_denied')
  await requireRecentProofForChange(ctx)
  const { provider, profile } = identity
  const account = await findSocialAccount(ctx.server.db, { provider, uid: profile.uid })
  if (account && account.userId !== user.id) throw new Refusal('connected_other')
  if (account) return noteAccount(ctx, identity, account)
  if (await isOfOther(ctx, identity, user.id)) throw new Refusal('connected_other')
  addAccount(ctx, user.id, identity)
  const app = appOf(ctx, identity)
  notify(ctx, user, 'account_connected', { provider: app?.name ?? provider })
}

/** Where an address is enough to log in, the account with somebody's address is theirs. */
async function isOfOther(
  ctx: Exchange,
  identity: ProviderIdentity,
  userId: string,
): Promise<boolean> {
  const app = appOf(ctx, identity)
  if (!app?.emailAuthentication) return false
  for (const { email } of toldEmails(ctx, app, identity.profile).filter((it) => it.isVerified)) {
    const owners = await findUsersByEmail(ctx.server.db, email)
    if (owners.some((it) => it.id !== userId)) return true
  }
  return false
}

/** Writes an account at a provider down as one of a user. */
export function addAccount(
  ctx: Exchange,
  userId: string,
  { provider, clientId, profile, sealedTokens }: ProviderIdentity,
): void {
  const { uid, label = null } = profile
  ctx.pending.writes.push(async (tx) => {
    const id = await insertSocialAccount(tx, { userId, provider, uid, label }, ctx.server.now())
    if (sealedTokens) await saveSocialTokens(tx, id, { clientId, tokens: sealedTokens })
  })
  emit(ctx, { type: 'provider_connected', userId, provider, uid })
}
