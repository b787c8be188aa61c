import { signedInUser } from '../../authentication/signed-in.ts'
import { describeAuthenticator } from '../../authenticators/describe.ts'
import { listAuthenticators } from '../../authenticators/store.ts'
import type { Exchange } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'

export const authenticatorRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'account/authenticators',
    audience: 'user',
    isOn: (settings) => isMfaOn(settings),
    handle: listOwn,
  },
]

async function listOwn(ctx: Exchange): Promise<Answer> {
  const own = await listAuthenticators(ctx.server.db, signedInUser(ctx).id)
  return answer(200, { data: await Promise.all(own.map((it) => describeAuthenticator(ctx, it))) })
}
