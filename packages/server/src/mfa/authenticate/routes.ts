import { loginAtStage, passStage } from '../../authentication/login.ts'
import { recordReauthentication } from '../../authentication/records.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { text } from '../../http/fields.ts'
import { requireInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'
import { proveByCode } from './flow.ts'

const input = { code: text({ isRequired: true }) }
const isOn: Route['isOn'] = (settings) => isMfaOn(settings)

export const authenticateRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/2fa/authenticate',
    audience: 'anyone',
    stage: 'mfa_authenticate',
    hasInput: true,
    isOn,
    async handle(ctx) {
      const { code } = requireInput(ctx, input)
      const proof = await proveByCode(ctx, loginAtStage(ctx).userId, code)
      await passStage(ctx, 'mfa_authenticate', { proof })
      return undefined
    },
  },
  {
    method: 'POST',
    path: 'auth/2fa/reauthenticate',
    audience: 'user',
    hasInput: true,
    isOn,
    async handle(ctx) {
      const { code } = requireInput(ctx, input)
      recordReauthentication(ctx, await proveByCode(ctx, signedInUser(ctx).id, code))
      return undefined
    },
  },
]
