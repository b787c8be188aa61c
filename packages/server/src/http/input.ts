import { type Problem, Refusal, type RefusalCode } from '../errors.ts'
import type { Exchange } from '../exchange.ts'

/** Reads one member of a body; says through `fail` what is wrong with it. */
export type Field<T> = (raw: unknown, fail: (code: RefusalCode) => void) => T

type Fields = Readonly<Record<string, Field<unknown>>>
type Values<F extends Fields> = { [Name in keyof F]: ReturnType<F[Name]> }

/** What was read, and everything that was wrong with it. */
export interface Input<F extends Fields> {
  values: Values<F>
  problems: Problem[]
}

/** Reads the fields of the body; members that no field names are ignored. */
export function readInput<F extends Fields>(ctx: Exchange, fields: F): Input<F> {
  const body: unknown = ctx.request.body
  const problems: Problem[] = []
  const entries = Object.entries(fields).map(([param, field]) => {
    const value = field(memberOf(body, param), (code) => problems.push({ code, param }))
    return [param, value] as const
  })
  // Built from exactly the names of `fields`, each with what its own field returned.
  return { values: Object.fromEntries(entries) as Values<F>, problems }
}

/** Reads the fields of the body. @throws Refusal with everything that is wrong with them. */
export function requireInput<F extends Fields>(ctx: Exchange, fields: F): Values<F> {
  const { values, problems } = readInput(ctx, fields)
  if (problems.length > 0) throw Refusal.all(problems)
  return values
}

/** Whether the body has the member at all, whatever its value. */
export function hasMember(ctx: Exchange, name: string): boolean {
  return memberOf(ctx.request.body, name) !== undefined
}

/** A member of an object that came from outside; undefined where there is none. */
export function memberOf(value: unknown, name: string): unknown {
  // Own members only: what comes from outside can not reach a prototype.
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}
