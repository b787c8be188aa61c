import { requireRecentProof } from '../../authentication/recent.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { describeAuthenticator } from '../../authenticators/describe.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { type Answer, answer, refusalAnswer } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import { commit } from '../../sessions/commit.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'
import { hasUnverifiedAddress } from '../factors.ts'
import { readKeys, readNewKey, readRenaming } from './input.ts'
import { addKey, removeKeys, renameKey } from './manage.ts'
import { creationOptions, ownKeys } from './options.ts'

const path = 'account/authenticators/webauthn'
const audience = 'user'
const isOn: Route['isOn'] = (settings) => isMfaOn(settings, 'webauthn')

/** The security keys and passkeys of the user who is signed in. */
export const webauthnRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    audience,
    isOn,
    async handle(ctx) {
      const refused = await refusedForAddress(ctx)
      if (refused) return refused
      await requireRecentProof(ctx)
      const isPasswordless = ctx.request.hasQuery('passwordless')
      return creationOptions(ctx, signedInUser(ctx), { isPasswordless })
    },
  },
  {
    method: 'POST',
    path,
    audience,
    hasInput: true,
    isOn,
    async handle(ctx) {
      const refused = await refusedForAddress(ctx)
      if (refused) return refused
      const { authenticator, wereCodesMade } = await addKey(ctx, readNewKey(ctx))
      await commit(ctx)
      return answer(200, {
        data: await describeAuthenticator(ctx, authenticator),
        meta: { recovery_codes_generated: wereCodesMade() },
      })
    },
  },
  {
    method: 'PUT',
    path,
    audience,
    hasInput: true,
    isOn,
    async handle(ctx) {
      const { key, name } = readRenaming(ctx, await signedInKeys(ctx))
      const renamed = await renameKey(ctx, key, name)
      return answer(200, { data: await describeAuthenticator(ctx, renamed) })
    },
  },
  {
    method: 'DELETE',
    path,
    audience,
    hasInput: true,
    isOn,
    async handle(ctx) {
      await removeKeys(ctx, readKeys(ctx, await signedInKeys(ctx)))
      return answer(200)
    },
  },
]

function signedInKeys(ctx: Exchange) {
  return ownKeys(ctx, signedInUser(ctx).id)
}

async function refusedForAddress(ctx: Exchange): Promise<Answer | null> {
  if (!(await hasUnverifiedAddress(ctx, signedInUser(ctx).id))) return null
  return { ...refusalAnswer(new Refusal('unverified_email')), status: 409 }
}
