import { allLanguages, isLanguage } from '../settings/languages.ts'
import type { UserInput } from '../users/create.ts'
import { CommandError } from './command.ts'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string' && value !== ''
const isFlag: Check = (value) => typeof value === 'boolean'

const members: Readonly<Record<keyof UserInput, { isRight: Check; expected: string }>> = {
  email: { isRight: isText, expected: 'text' },
  username: { isRight: isText, expected: 'text' },
  phone: { isRight: isText, expected: 'text' },
  password: { isRight: (it) => it === null || isText(it), expected: 'text or null' },
  email_verified: { isRight: isFlag, expected: 'true or false' },
  phone_verified: { isRight: isFlag, expected: 'true or false' },
  is_active: { isRight: isFlag, expected: 'true or false' },
  language: { isRight: isLanguage, expected: allLanguages.join(' or ') },
  extra_emails: { isRight: isAddressList, expected: 'a list of { email, verified }' },
}

/** Reads a user from JSON. @throws CommandError that names the member that is wrong. */
export function parseUserInput(json: string): UserInput {
  const value = parseObject(json)
  for (const [name, given] of Object.entries(value)) {
    const member = Object.entries(members).find(([known]) => known === name)?.[1]
    if (!member) throw new CommandError(`standard input: there is no member "${name}"`)
    if (!member.isRight(given)) {
      throw new CommandError(`standard input: "${name}": expected ${member.expected}`)
    }
  }
  // Every member has just been checked to be of its type.
  return value as UserInput
}

function parseObject(json: string): object {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Said below: it is no object either way.
  }
  throw new CommandError('standard input: expected one JSON object')
}

function isAddressList(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  return value.every((it) => isText(it?.email) && isFlag(it?.verified))
}
