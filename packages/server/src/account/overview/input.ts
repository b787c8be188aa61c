import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { text } from '../../http/fields.ts'
import { type Field, readInput } from '../../http/input.ts'
import type { Language } from '../../settings/languages.ts'

/** What a user changes of the account as a whole. */
export interface AccountChange {
  /** For messages; null: the one that the browser asks for. */
  language: Language | null
}

/** @throws Refusal `invalid_choice` for a language that is not offered. */
export function readAccountChange(ctx: Exchange): AccountChange {
  const { values, problems } = readInput(ctx, {
    language: oneOf(ctx.server.settings.server.languages),
  })
  if (problems.length > 0) throw Refusal.all(problems)
  return values
}

/** One of these, or nothing. */
function oneOf<Value extends string>(offered: readonly Value[]): Field<Value | null> {
  const read = text({ isRequired: false })
  return (raw, fail) => {
    const value = read(raw, fail)
    const found = offered.find((it) => it === value)
    if (value !== '' && found === undefined) fail('invalid_choice')
    return found ?? null
  }
}
