import { type Parser, WrongValue } from './parser.ts'
import { listFromText } from './parsers.ts'

/** Whether signup asks for a field, and insists on an answer. */
export type FieldUse = 'required' | 'optional' | 'absent'

/** What signup asks for. */
export interface SignupFields {
  email: FieldUse
  /** The address once more. The API has no such field: a page asks for it. */
  email2: FieldUse
  username: FieldUse
  phone: FieldUse
  /** The password. Absent: people sign up without one. */
  password1: FieldUse
  /** The password once more. The API has no such field: a page asks for it. */
  password2: FieldUse
}

/** The name of a field, with an asterisk if it has to be filled in. */
export type SignupFieldInput = keyof SignupFields | `${keyof SignupFields}*`

const fieldNames = ['email', 'email2', 'username', 'phone', 'password1', 'password2'] as const

export const signupFields: Parser<SignupFields> = {
  expected: `a list of ${fieldNames.join(', ')}, each at most once, with * if required`,
  fromText: listFromText,
  parse: readSignupFields,
  show: (fields) =>
    fieldNames
      .filter((name) => fields[name] !== 'absent')
      .map((name) => (fields[name] === 'required' ? `${name}*` : name)),
}

function readSignupFields(value: unknown): SignupFields {
  if (!Array.isArray(value)) throw new WrongValue(signupFields.expected, value)
  const uses = new Map<string, FieldUse>()
  for (const entry of value) readField(entry, uses)
  return {
    email: uses.get('email') ?? 'absent',
    email2: uses.get('email2') ?? 'absent',
    username: uses.get('username') ?? 'absent',
    phone: uses.get('phone') ?? 'absent',
    password1: uses.get('password1') ?? 'absent',
    password2: uses.get('password2') ?? 'absent',
  }
}

function readField(entry: unknown, uses: Map<string, FieldUse>): void {
  const text = typeof entry === 'string' ? entry : ''
  const name = text.endsWith('*') ? text.slice(0, -1) : text
  if (name === 'password') throw new WrongValue('"password1" as the name of the password', entry)
  if (!fieldNames.some((known) => known === name) || uses.has(name)) {
    throw new WrongValue(signupFields.expected, entry)
  }
  uses.set(name, text.endsWith('*') ? 'required' : 'optional')
}
