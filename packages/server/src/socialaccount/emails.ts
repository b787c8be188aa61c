import { emailHolderFor } from '../account/signup-input.ts'
import type { Exchange } from '../exchange.ts'
import type { App } from '../providers/app.ts'
import type { ProviderIdentity } from '../providers/identity.ts'
import type { Profile } from '../providers/provider.ts'
import { isEmailClaimed } from '../users/email-addresses.ts'
import { isEmailAddress, oneSpelling } from '../users/spelling.ts'

/** An address that a provider told, in its one spelling. */
export interface ToldEmail {
  email: string
  /** Whether the provider, or the settings for it, vouch for it. */
  isVerified: boolean
}

/** One as the provider lists it. */
export interface ListedEmail extends ToldEmail {
  isPrimary: boolean
}

/** The addresses of a profile as the provider lists them. What is no address is left out. */
export function emailsInOrder(
  { server }: Exchange,
  app: App,
  { emails }: Pick<Profile, 'emails'>,
): readonly ListedEmail[] {
  const { emailMaxLength } = server.settings.account
  const listed = new Map<string, ListedEmail>()
  for (const { email: raw, isVerified, isPrimary = false } of emails) {
    const email = oneSpelling(raw.trim())
    if (!isEmailAddress(email) || email.length > emailMaxLength) continue
    const before = listed.get(email)
    listed.set(email, {
      email,
      isVerified: isVerified || isTrusted(app, email) || before?.isVerified === true,
      isPrimary: isPrimary || before?.isPrimary === true,
    })
  }
  return [...listed.values()]
}

/** The same, the one to be primary first: a verified one where there is one. */
export function toldEmails(ctx: Exchange, app: App, profile: Profile): readonly ToldEmail[] {
  return primaryFirst(emailsInOrder(ctx, app, profile))
}

/**
 * The same with the address that somebody typed in, which is to be primary. It vouches for nothing, so it
 * comes after what the provider vouches for.
 */
export function toldEmailsWith(
  ctx: Exchange,
  { app, profile }: { app: App; profile: Profile },
  typed: string,
): readonly ToldEmail[] {
  const listed = emailsInOrder(ctx, app, profile)
  if (typed === '') return primaryFirst(listed)
  const marked = listed.map((it) => (it.email === typed ? { ...it, isPrimary: true } : it))
  const own = marked.find((it) => it.email === typed)
  // Among those that nobody vouches for it is the first.
  if (own?.isVerified) return primaryFirst(marked)
  const others = marked.filter((it) => it !== own)
  return primaryFirst([{ email: typed, isVerified: false, isPrimary: true }, ...others])
}

function primaryFirst(listed: readonly ListedEmail[]): readonly ToldEmail[] {
  const rank = (it: ListedEmail) => (it.isVerified ? 2 : 0) + (it.isPrimary ? 1 : 0)
  return [...listed]
    .sort((a, b) => rank(b) - rank(a))
    .map(({ email, isVerified }) => ({ email, isVerified }))
}

/**
 * Those of the addresses that somebody can sign up with. One that another user has verified counts as
 * unverified, where several may have it at all.
 */
export async function freeEmails(ctx: Exchange, told: readonly ToldEmail[]): Promise<ToldEmail[]> {
  const { db, settings } = ctx.server
  const free: ToldEmail[] = []
  for (const { email, isVerified } of told) {
    if (await emailHolderFor(ctx, email)) continue
    const isOther =
      settings.account.uniqueEmail && (await isEmailClaimed(db, { userId: '', email }))
    free.push({ email, isVerified: isVerified && !isOther })
  }
  return free
}

/** The app that vouches; undefined where it has left the settings. */
export function appOf({ server }: Exchange, identity: ProviderIdentity): App | undefined {
  return server.providers.find(identity.provider, identity.clientId)
}

function isTrusted({ verifiedEmail }: App, email: string): boolean {
  if (typeof verifiedEmail === 'boolean') return verifiedEmail
  const domain = email.slice(email.lastIndexOf('@') + 1)
  return verifiedEmail.some((it) => it.toLowerCase() === domain)
}
