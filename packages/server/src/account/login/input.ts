import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { email, phone, text } from '../../http/fields.ts'
import { hasMember, readInput } from '../../http/input.ts'
import type { LoginMethod } from '../../settings/account-login.ts'

/** With what somebody wants to log in. */
export interface LoginInput {
  method: LoginMethod
  /** The email address, username or number. */
  identifier: string
  password: string
}

const fields = { username: text, email, phone }

/** @throws Refusal naming every field that is missing or malformed. */
export function readLogin(ctx: Exchange): LoginInput {
  const { loginMethods } = ctx.server.settings.account
  const given = loginMethods.filter((method) => hasMember(ctx, method))
  const [only] = loginMethods.length === 1 ? loginMethods : given
  const { values, problems } = readInput(ctx, {
    ...(only && { [only]: fields[only]({ isRequired: loginMethods.length === 1 }) }),
    password: text({ isRequired: true }),
  })
  if (problems.length > 0) throw Refusal.all(problems)
  const identifier = only ? String(Reflect.get(values, only)) : ''
  if (!only || identifier === '' || (loginMethods.length > 1 && given.length !== 1)) {
    throw new Refusal('invalid_login')
  }
  return { method: only, identifier, password: values.password }
}
