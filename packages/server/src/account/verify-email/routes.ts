import { waitingLogin } from '../../authentication/login.ts'
import { requirePendingCode } from '../../codes/pending.ts'
import { answer } from '../../http/answers.ts'
import { text } from '../../http/fields.ts'
import { readInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { describeUser } from '../../users/display.ts'
import { loadSessionUser } from '../../users/users.ts'
import { emailCode, isByCode } from '../email-verification.ts'
import { lookUpVerification, resendCode, verifyAddress } from './flow.ts'

const isOn: Route['isOn'] = ({ socialaccount }) => !socialaccount.only

export const verifyEmailRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'auth/email/verify',
    audience: 'anyone',
    isOn,
    async handle(ctx) {
      const key = ctx.request.header('x-email-verification-key')?.trim() ?? ''
      const { userId, email } = await lookUpVerification(ctx, key)
      const user = await loadSessionUser(ctx.server.db, userId)
      const login = await waitingLogin(ctx, 'verify_email')
      return answer(200, {
        data: { email, ...(user && { user: describeUser(user, ctx.server.settings) }) },
        meta: { is_authenticating: login !== null },
      })
    },
  },
  {
    method: 'POST',
    path: 'auth/email/verify',
    audience: 'anyone',
    hasInput: true,
    refuseAnyBody: async (ctx) => isByCode(ctx) && requirePendingCode(ctx, emailCode),
    isOn,
    async handle(ctx) {
      // Not refused here: that something waits is looked at first, and a blank code is an attempt.
      const { values } = readInput(ctx, { key: text({ isRequired: true }) })
      await verifyAddress(ctx, values.key)
      return undefined
    },
  },
  {
    method: 'POST',
    path: 'auth/email/verify/resend',
    audience: 'anyone',
    ignoresBody: true,
    isOn,
    async handle(ctx) {
      await resendCode(ctx)
      return answer(200)
    },
  },
]
