import { recordReauthentication } from '../authentication/records.ts'
import { listAuthenticators } from '../authenticators/store.ts'
import { Refusal } from '../errors.ts'
import type { Exchange, FlowOffer, SessionUser } from '../exchange.ts'
import { provesFreshness } from '../providers/app.ts'
import type { ProviderIdentity } from '../providers/identity.ts'
import { isMfaOn } from '../settings/mfa-on.ts'
import { noteAccount } from './note-account.ts'
import { proofOf } from './proof.ts'
import { findSocialAccount, listSocialAccounts } from './store.ts'

/** Takes it as a fresh proof that a provider asked the user anew. @throws Refusal for somebody else */
export async function reauthenticateByProvider(
  ctx: Exchange,
  identity: ProviderIdentity,
): Promise<void> {
  const { user } = ctx.session
  // Whoever has one of these proves it by that: a provider must not be the easier way.
  if (!user || (await hasOtherProof(ctx, user))) throw new Refusal('invalid')
  const { provider, profile } = identity
  const account = await findSocialAccount(ctx.server.db, { provider, uid: profile.uid })
  if (!account || account.userId !== user.id) throw new Refusal('invalid')
  noteAccount(ctx, identity, account)
  recordReauthentication(ctx, { ...proofOf(ctx, identity), reauthenticated: true })
}

/** For users who have neither a password nor a second factor: the providers that can ask them anew. */
export const providerReauthenticateOffer: FlowOffer = async (ctx) => {
  const { server, session, client } = ctx
  const { user } = session
  if (!server.settings.socialaccount.reauthenticationEnabled || client !== 'browser') return null
  if (!user || (await hasOtherProof(ctx, user))) return null
  const names = (await listSocialAccounts(server.db, user.id)).map(({ provider }) => provider)
  const able = server.providers.apps.filter((app) => !app.isHidden && provesFreshness(app))
  const providers = able.map((app) => app.id).filter((id) => names.includes(id))
  return providers.length > 0 ? { id: 'provider_redirect', providers } : null
}

/** Whether a user has a password or a second factor. */
async function hasOtherProof({ server }: Exchange, { id, hasPassword }: SessionUser) {
  if (hasPassword) return true
  return isMfaOn(server.settings) && (await listAuthenticators(server.db, id)).length > 0
}
