import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { absent, email, phone, text } from '../../http/fields.ts'
import { type Field, hasMember, requireInput } from '../../http/input.ts'
import type { LoginMethod } from '../../settings/account-login.ts'

/** With what somebody wants to log in. */
export interface LoginInput {
  method: LoginMethod
  /** The email address, username or number. */
  identifier: string
  password: string
}

/** @throws Refusal naming every field that is missing or malformed. */
export function readLogin(ctx: Exchange): LoginInput {
  const { loginMethods } = ctx.server.settings.account
  const isRequired = loginMethods.length === 1
  const ifOn = (method: LoginMethod, field: Field<string>) =>
    loginMethods.includes(method) ? field : absent
  const values = requireInput(ctx, {
    username: ifOn('username', text({ isRequired })),
    email: ifOn('email', email({ isRequired })),
    phone: ifOn('phone', phone({ isRequired })),
    password: text({ isRequired: true }),
  })
  // One that is there but empty is given all the same: the API compares it, and it fits nobody.
  const [only, ...others] = loginMethods.filter((method) => hasMember(ctx, method))
  if (!only || others.length > 0) throw new Refusal('invalid_login')
  return { method: only, identifier: values[only], password: values.password }
}
