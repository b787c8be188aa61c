import type { Exchange } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import { email, text } from '../../http/fields.ts'
import { readInput, requireInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { describeUser } from '../../users/display.ts'
import { newPassword } from '../new-password.ts'
import { requestReset } from './request.ts'
import { lookUpReset, requireWaitingCode, resetPassword } from './reset.ts'

const isOn: Route['isOn'] = ({ socialaccount }) => !socialaccount.only

export const passwordResetRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/password/request',
    audience: 'anyone',
    hidesDuration: true,
    hasInput: true,
    isOn,
    async handle(ctx) {
      await requestReset(ctx, requireInput(ctx, { email: email({ isRequired: true }) }).email)
      return answerToRequest(ctx)
    },
  },
  {
    method: 'GET',
    path: 'auth/password/reset',
    audience: 'anyone',
    isOn,
    async handle(ctx) {
      const key = ctx.request.header('x-password-reset-key')?.trim() ?? ''
      const user = await lookUpReset(ctx, key)
      return answer(200, { data: { user: describeUser(user, ctx.server.settings) } })
    },
  },
  {
    method: 'POST',
    path: 'auth/password/reset',
    audience: 'anyone',
    limit: 'reset_password_from_key',
    hasInput: true,
    refuseAnyBody: requireWaitingCode,
    isOn,
    async handle(ctx) {
      // Not refused here: that something waits is looked at first, and a blank code is an attempt.
      const fields = {
        key: text({ isRequired: true }),
        password: newPassword({ isRequired: true }),
      }
      const { values, problems } = readInput(ctx, fields)
      await resetPassword(ctx, values, problems)
      return undefined
    },
  },
]

/** A link leaves nothing in the session; a code is waited for in it. */
function answerToRequest(ctx: Exchange): Answer | undefined {
  return ctx.server.settings.account.passwordResetByCodeEnabled ? undefined : answer(200)
}
