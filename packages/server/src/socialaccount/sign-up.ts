import { canHideEmail, emailHolderFor, type SignupInput } from '../account/signup-input.ts'
import { tellOwnerOfTaken } from '../account/strangers.ts'
import { dropLogin, startLogin } from '../authentication/login.ts'
import { uuidv7 } from '../crypto/random.ts'
import { Refusal } from '../errors.ts'
import { emit } from '../events/emit.ts'
import type { Exchange } from '../exchange.ts'
import type { App } from '../providers/app.ts'
import type { ProviderIdentity } from '../providers/identity.ts'
import { insertAccount } from '../users/account.ts'
import type { Holder } from '../users/holder.ts'
import { storedUsername } from '../users/usernames.ts'
import { addAccount } from './connect.ts'
import { emailsInOrder, freeEmails, type ToldEmail, toldEmails, toldEmailsWith } from './emails.ts'
import { proofOf } from './proof.ts'
import { keepOfRefused } from './refused.ts'
import { makeFreeUsername, suggestUsername } from './username.ts'

/**
 * Signs up somebody new at once, where the provider told enough and nothing is taken; else has them
 * say the rest. @throws Refusal `forbidden` where nobody can sign up.
 */
export async function signUpOrWait(
  ctx: Exchange,
  app: App,
  identity: ProviderIdentity,
): Promise<void> {
  const { socialaccount, account, server } = ctx.server.settings
  if (!server.hookSignupOpen) {
    await keepOfRefused(ctx)
    throw new Refusal('forbidden')
  }
  // The first that the provider lists decides, whichever becomes the primary one.
  const [first] = emailsInOrder(ctx, app, identity.profile)
  const holder = first ? await emailHolderFor(ctx, first.email) : null
  const isMissing = first === undefined && socialaccount.emailRequired
  if (!socialaccount.autoSignup || isMissing || account.signupFields.phone === 'required') {
    return wait(ctx, identity)
  }
  if (first && holder && canHideEmail(ctx)) return pretend(ctx, first.email, holder)
  if (holder) return wait(ctx, identity)
  const username = await suggestUsername(ctx, identity.profile)
  const emails = await freeEmails(ctx, toldEmails(ctx, app, identity.profile))
  await createAccount(ctx, identity, { emails, phone: '', username })
}

/** Signs up with what was asked for besides. */
export async function completeSignup(
  ctx: Exchange,
  { app, identity }: { app: App; identity: ProviderIdentity },
  { email, phone, username, isTaken, holders }: SignupInput,
): Promise<void> {
  if (isTaken) return pretend(ctx, email, holders.email)
  const { profile } = identity
  const emails = await freeEmails(ctx, toldEmailsWith(ctx, { app, profile }, email))
  const chosen = username === '' ? null : storedUsername(username, ctx.server.settings.account)
  await createAccount(ctx, identity, { emails, phone, username: chosen })
}

function wait(ctx: Exchange, identity: ProviderIdentity): void {
  dropLogin(ctx)
  // Going on takes no proof: whoever has planted the cookie must not be the one to do it.
  if (ctx.client === 'browser') ctx.session.change = 'rotate'
  ctx.session.state.providerSignup = { ...identity, startedAt: ctx.server.now() }
}

/** Does what any signup does, as far as anybody can see, and tells the owner of the address. */
async function pretend(ctx: Exchange, email: string, holder: Holder | null): Promise<void> {
  await startLogin(ctx, { userId: null, isSignup: true, email })
  await tellOwnerOfTaken(ctx, email, holder)
}

async function createAccount(
  ctx: Exchange,
  identity: ProviderIdentity,
  {
    emails,
    phone,
    username: chosen,
  }: { emails: readonly ToldEmail[]; phone: string; username: string | null },
): Promise<void> {
  const { settings, now } = ctx.server
  const { account } = settings
  const [primary] = emails
  const username = chosen ?? (await makeFreeUsername(ctx, identity.profile, primary?.email))
  const userId = uuidv7(now())
  const user = { id: userId, username, passwordHash: null, isActive: true }
  const number = phone === '' ? null : { phone, isVerified: false }
  ctx.pending.writes.push((tx) =>
    insertAccount(tx, { ...user, emails, phone: number }, { account, now: now() }),
  )
  emit(ctx, { type: 'signed_up', userId })
  addAccount(ctx, userId, identity)
  await startLogin(ctx, {
    userId,
    isSignup: true,
    isByProvider: true,
    proof: proofOf(ctx, identity),
    ...(primary && { email: primary.email }),
    ...(primary?.isVerified && { proved: primary.email }),
    ...(phone !== '' && { phone }),
  })
}
