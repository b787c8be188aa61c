import type { Offered } from './configuration.tsx'
import { toE164 } from './phone.ts'

/** What somebody can be known by. */
export type LoginMethod = Offered['account']['login_methods'][number]

/** Which of the methods something that was typed is meant for. */
export function methodOf(typed: string, methods: readonly LoginMethod[]): LoginMethod {
  const likely: LoginMethod = isPhone(typed) ? 'phone' : typed.includes('@') ? 'email' : 'username'
  if (methods.includes(likely)) return likely
  return methods.find((it) => it === 'username') ?? methods[0] ?? 'email'
}

/** As the API takes it. */
export function written(method: LoginMethod, typed: string): string {
  return method === 'phone' ? toE164(typed) : typed.trim()
}

function isPhone(typed: string): boolean {
  return /^(\+|00)?\d{5,}$/.test(toE164(typed))
}
