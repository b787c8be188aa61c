import { type Problem, Refusal } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { absent, email, phone, text } from '../http/fields.ts'
import { readInput } from '../http/input.ts'
import type { FieldUse } from '../settings/signup-fields.ts'
import { mayRepeatEmail } from '../users/account.ts'
import { findEmailHolder } from '../users/email-addresses.ts'
import type { Holder } from '../users/holder.ts'
import { findPhoneHolder } from '../users/phone-numbers.ts'
import { isForbiddenUsername, isUsernameTooLong, longestUsername } from '../users/usernames.ts'
import { findUserByUsername } from '../users/users.ts'
import { newPassword } from './new-password.ts'

/** What somebody signs up with; empty text where a field was left out. */
export interface SignupInput {
  username: string
  email: string
  phone: string
  password: string
  /** Whether a passkey is to be made, in place of a password. */
  needsPasskey: boolean
  /** True where the signup can only be pretended, so that nobody learns who has an account. */
  isTaken: boolean
  /** Who has the address and the number already. */
  holders: { email: Holder | null; phone: Holder | null }
}

/** @throws Refusal naming everything that is wrong with the fields. */
export function readSignup(ctx: Exchange): Promise<SignupInput> {
  return readFields(ctx, signupFields(ctx))
}

/** The same for a signup by passkey, which looks at no password. @throws Refusal likewise. */
export async function readPasskeySignup(ctx: Exchange): Promise<SignupInput> {
  const fields = { ...signupFields(ctx), password: absent }
  return { ...(await readFields(ctx, fields)), needsPasskey: true }
}

/** The same for somebody who comes from a provider. @throws Refusal likewise. */
export function readProviderSignup(ctx: Exchange): Promise<SignupInput> {
  const { account, socialaccount } = ctx.server.settings
  const address = email({
    isRequired: socialaccount.emailRequired,
    maxLength: account.emailMaxLength,
  })
  const fields = { ...signupFields(ctx), password: absent, email: address }
  return readFields(ctx, fields)
}

async function readFields(
  ctx: Exchange,
  fields: ReturnType<typeof signupFields>,
): Promise<SignupInput> {
  const { values, problems } = readInput(ctx, fields)
  const isFine = (param: keyof typeof values) =>
    values[param] !== '' && !problems.some((problem) => problem.param === param)
  if (isFine('username')) problems.push(...(await usernameProblems(ctx, values.username)))
  if (isFine('password')) problems.push(...passwordProblems(ctx, values.password))
  const holders = {
    email: isFine('email') ? await emailHolderFor(ctx, values.email) : null,
    phone: isFine('phone') ? await findPhoneHolder(ctx.server.db, values.phone) : null,
  }
  if (holders.email && !canHideEmail(ctx)) problems.push({ code: 'email_taken', param: 'email' })
  // An address that will not do is all that is said of the two.
  if (isFine('email') && isFine('email2') && values.email2 !== values.email) {
    problems.push({ code: 'email_mismatch', param: 'email2' })
  }
  if (holders.phone && !canHidePhone(ctx)) {
    problems.push({ code: 'phone_taken_at_signup', param: 'phone' })
  }
  if (problems.length > 0) throw Refusal.all(problems)
  const { username, email: address, phone: number, password } = values
  const isTaken = holders.email !== null || holders.phone !== null
  const contacts = { email: address, phone: number }
  return { username, ...contacts, password, needsPasskey: false, isTaken, holders }
}

function signupFields(ctx: Exchange) {
  const { signupFields: uses, emailMaxLength, usernameMinLength } = ctx.server.settings.account
  const ifAsked = <F>(use: FieldUse, field: F) => (use === 'absent' ? absent : field)
  const isRequired = (use: FieldUse) => ({ isRequired: use === 'required' })
  return {
    username: ifAsked(
      uses.username,
      text({
        ...isRequired(uses.username),
        minLength: usernameMinLength,
        maxLength: longestUsername,
      }),
    ),
    email: ifAsked(uses.email, email({ ...isRequired(uses.email), maxLength: emailMaxLength })),
    email2: ifAsked(uses.email2, email(isRequired(uses.email2))),
    phone: ifAsked(uses.phone, phone(isRequired(uses.phone))),
    password: ifAsked(uses.password1, newPassword(isRequired(uses.password1))),
  }
}

/** What speaks against a username. */
export async function usernameProblems(ctx: Exchange, username: string): Promise<Problem[]> {
  const param = 'username'
  if (!/^[\p{L}\p{N}_.@+-]+$/u.test(username)) return [{ code: 'invalid', param }]
  // Compatibility forms can be many times as long as what was typed.
  if (isUsernameTooLong(username)) return [{ code: 'max_length', param }]
  if (isForbiddenUsername(username, ctx.server.settings.account)) {
    return [{ code: 'username_blacklisted', param }]
  }
  const isTaken = await findUserByUsername(ctx.server.db, username)
  return isTaken ? [{ code: 'username_taken', param }] : []
}

/** Personal details are not compared here: the API has them checked at a change or reset only. */
function passwordProblems(ctx: Exchange, password: string): Problem[] {
  return ctx.server.policy.check(password).map(({ code }) => ({ code, param: 'password' }))
}

/** Who has the address, where nobody else can have it. */
export async function emailHolderFor(ctx: Exchange, address: string): Promise<Holder | null> {
  const { db, settings } = ctx.server
  return mayRepeatEmail(settings.account) ? null : findEmailHolder(db, address)
}

/**
 * Only where everybody is asked for a code or link does nobody see the difference. What is asked of those
 * who come from a provider is no part of it: the form of everybody else tells what is taken.
 */
export function canHideEmail(ctx: Exchange): boolean {
  const { preventEnumeration, emailVerification } = ctx.server.settings.account
  return preventEnumeration !== false && emailVerification === 'mandatory'
}

function canHidePhone(ctx: Exchange): boolean {
  const { preventEnumeration, phoneVerificationEnabled } = ctx.server.settings.account
  return preventEnumeration !== false && phoneVerificationEnabled
}
