import { requirePendingCode } from '../../codes/pending.ts'
import { answer } from '../../http/answers.ts'
import { text } from '../../http/fields.ts'
import { readInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { phoneCode } from '../phone-verification.ts'
import { resendPhoneCode, verifyNumber } from './flow.ts'

const isOn: Route['isOn'] = ({ socialaccount }) => !socialaccount.only

export const verifyPhoneRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/phone/verify',
    audience: 'anyone',
    hasInput: true,
    refuseAnyBody: (ctx) => requirePendingCode(ctx, phoneCode),
    isOn,
    async handle(ctx) {
      const { values } = readInput(ctx, { code: text({ isRequired: true }) })
      await verifyNumber(ctx, values.code)
      return undefined
    },
  },
  {
    method: 'POST',
    path: 'auth/phone/verify/resend',
    audience: 'anyone',
    ignoresBody: true,
    isOn,
    async handle(ctx) {
      await resendPhoneCode(ctx)
      return answer(200)
    },
  },
]
