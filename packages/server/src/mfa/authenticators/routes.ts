import { signedInUser } from '../../authentication/signed-in.ts'
import type { Exchange } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import { listAuthenticators } from './store.ts'

export const authenticatorRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'account/authenticators',
    audience: 'user',
    isOn: ({ server }) => server.installedApps.includes('allauth.mfa'),
    handle: listOwn,
  },
]

async function listOwn(ctx: Exchange): Promise<Answer> {
  const authenticators = await listAuthenticators(ctx.server.db, signedInUser(ctx).id)
  return answer(200, {
    data: authenticators.map(({ type, createdAt, lastUsedAt }) => ({
      type,
      created_at: createdAt / 1000,
      last_used_at: lastUsedAt === null ? null : lastUsedAt / 1000,
    })),
  })
}
