import type { Authenticator } from '../../authenticators/store.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { ids, text } from '../../http/fields.ts'
import { type Field, readInput, requireInput } from '../../http/input.ts'

const longestName = 100
// The API has no limit for the first name; this one keeps lists readable.
const longestFirstName = 1000

/** What a browser returned, as an object or as its JSON text. What is in it is checked later. */
const credential: Field<unknown> = (raw, fail) => {
  if (isEmpty(raw)) return fail('required')
  if (typeof raw !== 'string') return raw
  const parsed = parse(raw)
  if (parsed === undefined) return fail('invalid')
  return isEmpty(parsed) ? fail('required') : parsed
}

/** @throws Refusal where there is none. */
export function readCredential(ctx: Exchange): unknown {
  return requireInput(ctx, { credential }).credential
}

/** A key that was made, and what to call it; empty where the server is to find a name. */
export function readNewKey(ctx: Exchange): { name: string; credential: unknown } {
  const name = text({ isRequired: false, maxLength: longestFirstName })
  return requireInput(ctx, { name, credential })
}

/** One of the user's keys, and its new name. @throws Refusal naming what is wrong. */
export function readRenaming(
  ctx: Exchange,
  own: readonly Authenticator[],
): { key: Authenticator; name: string } {
  let key: Authenticator | undefined
  const id: Field<void> = (raw, fail) => {
    if (isEmpty(raw)) return fail('required')
    if (typeof raw === 'string' && raw.includes('\0')) return fail('null_characters_not_allowed')
    key = own.find(({ number }) => number === numberIn(raw))
    if (!key) fail('invalid_choice')
  }
  const name = text({ isRequired: true, maxLength: longestName })
  const { values, problems } = readInput(ctx, { id, name })
  if (problems.length > 0 || !key) throw Refusal.all(problems)
  return { key, name: values.name }
}

/** The user's keys that the body names. @throws Refusal where one of them is not theirs. */
export function readKeys(ctx: Exchange, own: readonly Authenticator[]): Authenticator[] {
  const { authenticators: numbers } = requireInput(ctx, { authenticators: ids })
  const named = own.filter(({ number }) => numbers.includes(number))
  if (named.length !== new Set(numbers).size) throw new Refusal('invalid_choice', 'authenticators')
  return named
}

/** An integer, which may be given as text, with signs and blanks and zeros before it. */
function numberIn(raw: unknown): unknown {
  return typeof raw === 'string' && /^\s*\+?\d+\s*$/.test(raw) ? Number(raw) : raw
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined
  }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
