import { readProviderSignup } from '../../account/signup-input.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import type { App } from '../../providers/app.ts'
import type { PendingProviderSignup } from '../../providers/identity.ts'
import { describeAccount } from '../describe.ts'
import { appOf, emailsInOrder } from '../emails.ts'
import { isProvidersOn } from '../is-on.ts'
import { logInConnected, signOut } from '../log-in.ts'
import { waitingSignup } from '../offers.ts'
import { completeSignup } from '../sign-up.ts'
import { findSocialAccount } from '../store.ts'
import { toldUsername } from '../username.ts'

const path = 'auth/provider/signup'

export const providerSignupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    audience: 'anyone',
    isOn: isProvidersOn,
    handle: async (ctx) => describe(ctx),
  },
  {
    method: 'POST',
    path,
    audience: 'anyone',
    limit: 'signup',
    hasInput: true,
    refuseAnyBody: async (ctx) => requireWaiting(ctx),
    isOn: isProvidersOn,
    async handle(ctx) {
      await signUp(ctx)
      return undefined
    },
  },
]

function describe(ctx: Exchange): Answer {
  const { pending, app } = requireWaiting(ctx)
  const { profile, provider } = pending
  const { uid, label = null } = profile
  // As the provider told it: whether it can be had is looked at when the account is made.
  const username = toldUsername(ctx, profile)
  return answer(200, {
    data: {
      email: emailsInOrder(ctx, app, profile).map(({ email, isVerified, isPrimary }) => ({
        email,
        verified: isVerified,
        primary: isPrimary,
      })),
      account: describeAccount(ctx.server, { provider, uid, label }),
      user: {
        display: username ?? 'user',
        has_usable_password: false,
        ...(username !== null && { username }),
      },
    },
  })
}

async function signUp(ctx: Exchange): Promise<void> {
  const { pending, app } = requireWaiting(ctx)
  const input = await readProviderSignup(ctx)
  const { provider, profile } = pending
  delete ctx.session.state.providerSignup
  // The same person may have signed up elsewhere meanwhile.
  const account = await findSocialAccount(ctx.server.db, { provider, uid: profile.uid })
  if (!account) return completeSignup(ctx, { app, identity: pending }, input)
  signOut(ctx)
  await logInConnected(ctx, pending, account)
}

/** @throws Refusal where no signup waits, or nobody can sign up. */
function requireWaiting(ctx: Exchange): { pending: PendingProviderSignup; app: App } {
  const pending = waitingSignup(ctx)
  const app = pending && appOf(ctx, pending)
  if (!app) throw new Refusal('conflict')
  if (!ctx.server.settings.server.hookSignupOpen) throw new Refusal('forbidden')
  return { pending, app }
}
