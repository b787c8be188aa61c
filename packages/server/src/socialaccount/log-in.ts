import { notify } from '../account/notices.ts'
import { startLogin } from '../authentication/login.ts'
import { LostRace, Refusal } from '../errors.ts'
import { emit } from '../events/emit.ts'
import type { Exchange } from '../exchange.ts'
import type { ProviderIdentity } from '../providers/identity.ts'
import { findUserById, type User } from '../users/users.ts'
import { addAccount } from './connect.ts'
import { appOf, toldEmails } from './emails.ts'
import { noteAccount } from './note-account.ts'
import { findOwner, reclaim } from './owner.ts'
import { proofOf } from './proof.ts'
import { signUpOrWait } from './sign-up.ts'
import { findSocialAccount, type SocialAccount } from './store.ts'

/**
 * Logs in whom a provider vouches for: whoever has connected the account, or who has its verified
 * address where the settings say that this is enough, or else somebody new. Whoever was signed in is
 * not any more. @throws Refusal
 */
export async function logInByProvider(ctx: Exchange, identity: ProviderIdentity): Promise<void> {
  const app = appOf(ctx, identity)
  if (!app) throw new Refusal('invalid_token', 'token')
  signOut(ctx)
  delete ctx.session.state.providerSignup
  const { provider, profile } = identity
  const account = await findSocialAccount(ctx.server.db, { provider, uid: profile.uid })
  if (account) return logInConnected(ctx, identity, account)
  const told = toldEmails(ctx, app, profile)
  const owner = app.emailAuthentication ? await findOwner(ctx, told) : null
  if (!owner) return signUpOrWait(ctx, app, identity)
  const isReclaimed = owner.user.isActive && !owner.isProved
  const user = isReclaimed ? await reclaim(ctx, owner) : owner.user
  await begin(ctx, identity, user)
  // Not before the other steps of the login: the account would stay, whoever fails them.
  const isSignedIn = ctx.pending.signIn === user.id
  if (isSignedIn && ctx.server.settings.socialaccount.emailAuthenticationAutoConnect) {
    addAccount(ctx, user.id, identity)
    const { language } = user
    notify(ctx, { email: owner.email, language }, 'account_connected', { provider: app.name })
  }
}

/** Logs in who has connected the account. */
export async function logInConnected(
  ctx: Exchange,
  identity: ProviderIdentity,
  account: SocialAccount,
): Promise<void> {
  const user = await findUserById(ctx.server.db, account.userId)
  if (!user) throw new LostRace()
  if (user.isActive) noteAccount(ctx, identity, account)
  await begin(ctx, identity, user)
}

async function begin(ctx: Exchange, identity: ProviderIdentity, user: User): Promise<void> {
  await startLogin(ctx, {
    userId: user.id,
    isActive: user.isActive,
    epoch: user.epoch,
    language: user.language,
    proof: proofOf(ctx, identity),
    isByProvider: true,
  })
}

/** Ends the session of whoever is signed in: another person may have come back. */
export function signOut(ctx: Exchange): void {
  const { session } = ctx
  if (!session.user) return
  emit(ctx, { type: 'logged_out', userId: session.user.id })
  session.user = null
  session.state = {}
  session.change = 'rotate'
}
