import { uuidv7 } from '../crypto/random.ts'
import { LostRace } from '../errors.ts'
import type { Hasher } from '../passwords/hasher.ts'
import { isLanguage, type Language } from '../settings/languages.ts'
import type { AccountSettings } from '../settings/settings.ts'
import type { Database, DatabaseTransaction } from '../storage/open.ts'
import { transact } from '../storage/transact.ts'
import { isEmailAddress, isPhoneNumber, oneSpelling } from '../users/spelling.ts'
import { insertAccount, mayRepeatEmail } from './account.ts'
import { isEmailInUse } from './email-addresses.ts'
import { isPhoneInUse } from './phone-numbers.ts'
import { isUsernameTooLong, makeUsername, storedUsername } from './usernames.ts'
import { findUserByUsername } from './users.ts'

const longestEmail = 320

/** A user made by an operator instead of a signup. */
export interface UserInput {
  /** Becomes the primary address. */
  email?: string
  /** @defaultValue true */
  email_verified?: boolean
  extra_emails?: readonly { email: string; verified: boolean }[]
  /** Made up as at signup where it is absent. */
  username?: string
  /** E.164. */
  phone?: string
  /** @defaultValue true */
  phone_verified?: boolean
  /** Null or absent: no password. Not held against the rules for passwords. */
  password?: string | null
  /** @defaultValue true */
  is_active?: boolean
  /** The language of messages to them. @defaultValue the one that requests ask for */
  language?: Language
}

/** What is needed to create a user. */
export interface UserCreation {
  db: Database
  hasher: Hasher
  account: AccountSettings
  now: () => number
  /** Writes down, last in the transaction, that there is a new user. */
  note?: (tx: DatabaseTransaction, userId: string) => Promise<void>
}

/** An input that no user can be made of, or an id that nobody has. */
export class UserInputError extends Error {
  override readonly name = 'UserInputError'
}

/** Creates a user and returns its id. @throws UserInputError that says what is wrong. */
export async function createUser(parts: UserCreation, input: UserInput): Promise<string> {
  await checkInput(parts, input)
  const { db, hasher, account, now } = parts
  const id = uuidv7(now())
  const emails = [
    ...(input.email ? [{ email: input.email, verified: input.email_verified ?? true }] : []),
    ...(input.extra_emails ?? []),
  ].map(({ email, verified }) => ({ email: oneSpelling(email.trim()), isVerified: verified }))
  const username = input.username
    ? storedUsername(input.username, account)
    : await makeUsername(db, account, [emails[0]?.email])
  const passwordHash = input.password ? await hasher.hash(input.password.trim()) : null
  const phone = input.phone
    ? { phone: input.phone, isVerified: input.phone_verified ?? true }
    : null
  const { is_active: isActive = true, language = null } = input
  const user = { id, username, passwordHash, isActive, language, emails, phone }
  try {
    await transact(db, async (tx) => {
      await insertAccount(tx, user, { account, now: now() })
      await parts.note?.(tx, id)
    })
    return id
  } catch (error) {
    if (!(error instanceof LostRace)) throw error
    throw new UserInputError('somebody else has just taken this username, address or number')
  }
}

async function checkInput(parts: UserCreation, input: UserInput): Promise<void> {
  const { db } = parts
  const emails = [input.email, ...(input.extra_emails ?? []).map((it) => it.email)]
  for (const email of emails) if (email !== undefined) await checkEmail(parts, email)
  if (input.language !== undefined && !isLanguage(input.language)) {
    throw new UserInputError(`not a language of messages: ${input.language}`)
  }
  if (input.password?.trim() === '') throw new UserInputError('the password is blank')
  if (input.username) await checkUsername(db, input.username)
  if (!input.phone) return
  if (!isPhoneNumber(input.phone)) {
    throw new UserInputError(`not a number in E.164: ${input.phone}`)
  }
  if (await isPhoneInUse(db, input.phone)) {
    throw new UserInputError(`somebody has this number already: ${input.phone}`)
  }
}

async function checkEmail({ db, account }: UserCreation, email: string): Promise<void> {
  const kept = oneSpelling(email.trim())
  if (!isEmailAddress(email.trim()) || kept.length > longestEmail) {
    throw new UserInputError(`not an email address: ${email}`)
  }
  if (mayRepeatEmail(account) || !(await isEmailInUse(db, kept))) return
  throw new UserInputError(`somebody has this address already: ${email}`)
}

async function checkUsername(db: Database, username: string): Promise<void> {
  if (isUsernameTooLong(username)) throw new UserInputError('the username is too long')
  if (username.includes('\0')) throw new UserInputError('the username has a NUL in it')
  if (await findUserByUsername(db, username)) {
    throw new UserInputError(`somebody has this username already: ${username}`)
  }
}
