import { signedInUser } from '../../authentication/signed-in.ts'
import { describeAuthenticator } from '../../authenticators/describe.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { type Answer, answer, refusalAnswer } from '../../http/answers.ts'
import { text } from '../../http/fields.ts'
import { requireInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'
import { hasUnverifiedAddress } from '../factors.ts'
import { activate, deactivate, offerSecret, ownTotp } from './flow.ts'
import { qrCode } from './qr-code.ts'

const path = 'account/authenticators/totp'
const audience = 'user'
const isOn: Route['isOn'] = (settings) => isMfaOn(settings, 'totp')

export const totpRoutes: readonly Route[] = [
  { method: 'GET', path, audience, isOn, handle: showOrOffer },
  {
    method: 'POST',
    path,
    audience,
    hasInput: true,
    isOn,
    async handle(ctx) {
      const { code } = requireInput(ctx, { code: text({ isRequired: true }) })
      return answer(200, { data: await describeAuthenticator(ctx, await activate(ctx, code)) })
    },
  },
  {
    method: 'DELETE',
    path,
    audience,
    isOn,
    async handle(ctx) {
      await deactivate(ctx)
      return answer(200)
    },
  },
]

/** Before activation the answer is 404, and carries what an app is set up with. */
async function showOrOffer(ctx: Exchange): Promise<Answer> {
  const own = await ownTotp(ctx)
  if (own) return answer(200, { data: await describeAuthenticator(ctx, own) })
  if (await hasUnverifiedAddress(ctx, signedInUser(ctx).id)) {
    return { ...refusalAnswer(new Refusal('unverified_email')), status: 409 }
  }
  const { secret, url } = offerSecret(ctx)
  // Only when it is asked for: clients that know the API compare the members they know.
  const svg = ctx.request.hasQuery('totp_svg') ? { totp_svg: await qrCode(url) } : {}
  return answer(404, { meta: { secret, totp_url: url, ...svg } })
}
