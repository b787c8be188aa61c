import { describeAuthenticator } from '../../authenticators/describe.ts'
import type { Exchange } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'
import type { CodeSet } from '../recovery.ts'
import { renewCodes, showCodes } from './flow.ts'

const path = 'account/authenticators/recovery-codes'
const isOn: Route['isOn'] = (settings) => isMfaOn(settings, 'recovery_codes')

export const recoveryCodesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    audience: 'user',
    isOn,
    async handle(ctx) {
      const shown = await showCodes(ctx)
      return shown ? describeCodes(ctx, shown) : answer(404)
    },
  },
  {
    method: 'POST',
    path,
    audience: 'user',
    isOn,
    handle: async (ctx) => describeCodes(ctx, await renewCodes(ctx)),
  },
]

async function describeCodes(ctx: Exchange, { authenticator, codes }: CodeSet): Promise<Answer> {
  const described = await describeAuthenticator(ctx, authenticator)
  return answer(200, { data: { ...described, ...(codes && { unused_codes: codes }) } })
}
