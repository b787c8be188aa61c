import { at, isTrueAt, type Json, textAt } from './json.ts'
import type { Profile, ProviderEmail } from './provider.ts'
import { ProviderError } from './provider-error.ts'

const longestUid = 255

/** The id at a path of a profile. @throws ProviderError where it is missing or can be none. */
export function uidAt(profile: Json, ...path: readonly (string | number)[]): string {
  const uid = textAt(profile, ...path)
  if (uid === undefined) throw new ProviderError(`the profile has no ${path.join('.')}`)
  // An id is taken letter by letter: without these it could be the one of somebody else.
  const isOdd = /\p{Cc}|\p{Cs}/u.test(uid) || uid !== String(at(profile, ...path))
  if (isOdd) throw new ProviderError(`the ${path.join('.')} has blanks around it, or odd letters`)
  if (uid.length > longestUid) throw new ProviderError(`the ${path.join('.')} is too long`)
  // Nor may two ids become one where blanks are cut off, or half a character is stored.
  const isWhole = String(at(profile, ...path)) === uid && uid.isWellFormed()
  if (!isWhole || /\p{Cc}/u.test(uid)) throw new ProviderError(`the ${path.join('.')} is no id`)
  return uid
}

/** One address as a list; empty where there is none. */
export function oneEmail(email: string | undefined, isVerified: boolean): ProviderEmail[] {
  return email === undefined ? [] : [{ email, isVerified, isPrimary: true }]
}

/** Addresses of a list whose entries have `email`, `verified` and `primary`. */
export function listedEmails(entries: readonly Json[]): ProviderEmail[] {
  return entries.flatMap((it) => {
    const email = textAt(it, 'email')
    if (email === undefined) return []
    return [{ email, isVerified: isTrueAt(it, 'verified'), isPrimary: isTrueAt(it, 'primary') }]
  })
}

/** A list with the address of the profile itself in front, unverified, where the list does not have it. */
export function withOwnEmail(
  listed: readonly ProviderEmail[],
  own: string | undefined,
): readonly ProviderEmail[] {
  const isSame = (email: string) => email.toLowerCase() === own?.toLowerCase()
  if (own === undefined || listed.some(({ email }) => isSame(email))) return listed
  return [{ email: own, isVerified: false, isPrimary: true }, ...listed]
}

/** A full name of its parts; undefined where there are none. */
export function joinNames(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter((it) => it !== undefined).join(' ') || undefined
}

/** The standard claims (OpenID Connect Core §5.1), and `uidField` as the id. */
export function readStandardClaims(claims: Json, uidField = 'sub'): Profile {
  return {
    uid: uidAt(claims, uidField),
    emails: oneEmail(textAt(claims, 'email'), isTrueAt(claims, 'email_verified')),
    username: textAt(claims, 'preferred_username'),
    name: textAt(claims, 'name'),
    givenName: textAt(claims, 'given_name'),
  }
}
