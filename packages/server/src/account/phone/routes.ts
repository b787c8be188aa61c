import type { Exchange } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import { phone } from '../../http/fields.ts'
import { requireInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { spend } from '../../limits/limits.ts'
import { findPhoneNumber } from '../../users/phone-numbers.ts'
import { type Correctable, requireCorrectable } from '../correction/correctable.ts'
import { phoneCode } from '../phone-verification.ts'
import { changeNumber, changeWaiting } from './flow.ts'

const path = 'account/phone'
const isOn: Route['isOn'] = ({ socialaccount }) => !socialaccount.only

export const phoneRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    audience: 'user',
    isOn,
    handle: listNumbers,
  },
  {
    method: 'POST',
    path,
    // Somebody whose signup waits for a code may correct the number.
    audience: 'anyone',
    hasInput: true,
    refuseAnyBody: (ctx) => (ctx.session.user ? spend(ctx, 'change_phone') : requireWaiting(ctx)),
    isOn,
    async handle(ctx) {
      const { user } = ctx.session
      if (!user) {
        const waiting = await requireWaiting(ctx)
        await spend(ctx, 'change_phone', waiting.login.userId)
        const number = readNumber(ctx)
        await changeWaiting(ctx, waiting, number)
        return accepted(number)
      }
      await spend(ctx, 'change_phone')
      const number = readNumber(ctx)
      await changeNumber(ctx, user, number)
      return accepted(number)
    },
  },
]

async function listNumbers(ctx: Exchange): Promise<Answer> {
  const { user } = ctx.session
  const number = user ? await findPhoneNumber(ctx.server.db, user.id) : null
  return answer(200, { data: number ? [{ phone: number.phone, verified: number.isVerified }] : [] })
}

function accepted(number: string): Answer {
  return answer(202, { data: [{ phone: number, verified: false }] })
}

function requireWaiting(ctx: Exchange): Promise<Correctable> {
  return requireCorrectable(ctx, 'verify_phone', phoneCode)
}

/** @throws Refusal where the number is missing or malformed. */
function readNumber(ctx: Exchange): string {
  return requireInput(ctx, { phone: phone({ isRequired: true }) }).phone
}
