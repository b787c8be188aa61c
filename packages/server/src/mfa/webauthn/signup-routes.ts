import { passStage, waitingLogin } from '../../authentication/login.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import type { Route } from '../../http/route.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'
import { loadSessionUser } from '../../users/users.ts'
import { currentChallenge } from './challenge.ts'
import { storeKey, takeNewKey } from './create.ts'
import { readNewKey } from './input.ts'
import { creationOptions } from './options.ts'

const path = 'auth/webauthn/signup'
const isOn: Route['isOn'] = (settings) =>
  isMfaOn(settings, 'webauthn') && settings.mfa.passkeySignupEnabled

/** The end of a signup by passkey; `account/signup` has its beginning. */
export const passkeySignupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    audience: 'anyone',
    isOn,
    async handle(ctx) {
      const user = await loadSessionUser(ctx.server.db, await requireUser(ctx))
      if (!user) throw new Refusal('conflict')
      return creationOptions(ctx, user, { isPasswordless: true })
    },
  },
  {
    method: 'PUT',
    path,
    audience: 'anyone',
    limit: 'signup',
    hasInput: true,
    isOn,
    async handle(ctx) {
      const { name, credential } = readNewKey(ctx)
      if (!(await waitingLogin(ctx))) throw new Refusal('conflict')
      const wasForPasskey = currentChallenge(ctx)?.isPasswordless
      // Where the login waits for something else, the API looks at the key all the same.
      const key = await takeNewKey(ctx, credential)
      const userId = await requireUser(ctx)
      // One that does not replace the password would leave the user without a way in.
      if (!wasForPasskey || !key.isDiscoverable) throw new Refusal('incorrect_code')
      await storeKey(ctx, userId, { name, ...key })
      await passStage(ctx, 'mfa_signup_webauthn')
      return undefined
    },
  },
]

/** Whose signup waits for its passkey. @throws Refusal where none does. */
async function requireUser(ctx: Exchange): Promise<string> {
  const login = await waitingLogin(ctx, 'mfa_signup_webauthn')
  if (!login?.userId) throw new Refusal('conflict')
  return login.userId
}
