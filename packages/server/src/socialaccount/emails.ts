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

/**
 * The addresses of a profile, the one to be primary first: a verified one where there is one. What is
 * no address is left out.
 */
export function toldEmails(
  { server }: Exchange,
  app: App,
  { emails }: Profile,
): readonly ToldEmail[] {
  const { emailMaxLength } = server.settings.account
  const told = new Map<string, ToldEmail & { isPrimary: boolean }>()
  for (const { email: raw, isVerified, isPrimary = false } of emails) {
    const email = oneSpelling(raw.trim())
    if (!isEmailAddress(email) || email.length > emailMaxLength) continue
    const before = told.get(email)
    told.set(email, {
      email,
      isVerified: isVerified || isTrusted(app, email) || before?.isVerified === true,
      isPrimary: isPrimary || before?.isPrimary === true,
    })
  }
  const rank = (it: { isVerified: boolean; isPrimary: boolean }) =>
    (it.isVerified ? 2 : 0) + (it.isPrimary ? 1 : 0)
  return [...told.values()]
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
  return verifiedEmail.includes(email.slice(email.lastIndexOf('@') + 1))
}
