/** Whom a password is for. Rules look for traces of it in the password. */
export interface PasswordOwner {
  username?: string | undefined
  email?: string | undefined
  firstName?: string | undefined
  lastName?: string | undefined
}

/** What a password can be refused for. */
export type PolicyCode =
  | 'password_too_short'
  | 'password_too_common'
  | 'password_entirely_numeric'
  | 'password_too_similar'

/** One reason why a password is refused, and what its text needs to say. */
export interface PolicyViolation {
  code: PolicyCode
  params: Readonly<Record<string, string | number>>
}

/** Looks at a password; undefined when there is nothing to say against it. */
export type Rule = (password: string, owner: PasswordOwner) => PolicyViolation | undefined

/** A rule's options as they stand in the settings. */
export type RuleOptions = Readonly<Record<string, unknown>>

/** A rule that can be listed in the settings. */
export interface RuleKind {
  /** Its name there; what stands before the last dot does not matter. */
  name: string
  /** The names of the options it knows. */
  options: readonly string[]
  /** Makes the rule. Throws when an option makes no sense. */
  create(options: RuleOptions): Rule
}

/** The error for an option that makes no sense. */
export function badOption(option: string, expected: string, found: unknown): Error {
  return new Error(`option ${option}: expected ${expected}, found ${JSON.stringify(found)}`)
}

/** How many characters a reader would count: Unicode code points. */
export function countCharacters(text: string): number {
  return [...text].length
}
