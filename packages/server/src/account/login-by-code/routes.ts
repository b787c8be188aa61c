import { requirePendingCode } from '../../codes/pending.ts'
import { answer } from '../../http/answers.ts'
import { text } from '../../http/fields.ts'
import { readInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { loginCode } from './code.ts'
import { confirmLoginCode, requestLoginCode, resendLoginCode } from './flow.ts'
import { readCodeRequest } from './input.ts'

const isOn: Route['isOn'] = ({ account, socialaccount }) =>
  account.loginByCodeEnabled && !socialaccount.only

export const loginByCodeRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/code/request',
    audience: 'anyone',
    hidesDuration: true,
    hasInput: true,
    isOn,
    async handle(ctx) {
      await requestLoginCode(ctx, readCodeRequest(ctx))
      return undefined
    },
  },
  {
    method: 'POST',
    path: 'auth/code/confirm',
    audience: 'anyone',
    hasInput: true,
    refuseAnyBody: (ctx) => requirePendingCode(ctx, loginCode),
    isOn: ({ socialaccount }) => !socialaccount.only,
    async handle(ctx) {
      const { values } = readInput(ctx, { code: text({ isRequired: true }) })
      await confirmLoginCode(ctx, values.code)
      return undefined
    },
  },
  {
    method: 'POST',
    path: 'auth/code/resend',
    audience: 'anyone',
    ignoresBody: true,
    isOn,
    async handle(ctx) {
      await resendLoginCode(ctx)
      return answer(200)
    },
  },
]
