import { Refusal } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { ids } from '../http/fields.ts'
import { requireInput } from '../http/input.ts'
import type { OwnSession } from '../sessions/list.ts'

/** The own sessions that the body names. @throws Refusal where one of them is not the user's. */
export function readSessions(ctx: Exchange, own: readonly OwnSession[]): OwnSession[] {
  const { sessions: numbers } = requireInput(ctx, { sessions: ids })
  const named = own.filter(({ number }) => numbers.includes(number))
  if (named.length !== new Set(numbers).size) throw new Refusal('invalid_choice', 'sessions')
  return named
}
