import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { email, phone } from '../../http/fields.ts'
import { readInput } from '../../http/input.ts'

/** Where somebody wants a code to be sent. */
export interface CodeRequest {
  param: 'email' | 'phone'
  target: string
}

/**
 * Reads the address or number. Numbers count where people log in by phone, addresses unless that is
 * all they log in by.
 * @throws Refusal naming what is missing or malformed.
 */
export function readCodeRequest(ctx: Exchange): CodeRequest {
  const { loginMethods } = ctx.server.settings.account
  const byPhone = loginMethods.includes('phone')
  const byEmail = loginMethods.some((method) => method !== 'phone')
  const { values, problems } = readInput(ctx, {
    ...(byEmail && { email: email({ isRequired: !byPhone }) }),
    ...(byPhone && { phone: phone({ isRequired: !byEmail }) }),
  })
  if (problems.length > 0) throw Refusal.all(problems)
  const { email: address = '', phone: number = '' } = values
  if (address !== '' && number !== '') throw new Refusal('select_only_one')
  if (address === '' && number === '') throw new Refusal('required', 'email')
  return address === '' ? { param: 'phone', target: number } : { param: 'email', target: address }
}
