import type { Problem } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { text } from '../http/fields.ts'
import type { Field } from '../http/input.ts'
import { maxPasswordBytes } from '../passwords/hasher.ts'

/** A password that is to be set, at most as long as can be hashed. */
export function newPassword(options: { isRequired: boolean }): Field<string> {
  return text({ ...options, maxBytes: maxPasswordBytes })
}

/** What speaks against a new password of somebody who has an account. */
export function newPasswordProblems(
  ctx: Exchange,
  { password, param }: { password: string; param: string },
  owner: { username: string | null; email: string | null },
): Problem[] {
  const { username, email } = owner
  const known = { username: username ?? undefined, email: email ?? undefined }
  return ctx.server.policy.check(password, known).map(({ code }) => ({ code, param }))
}
