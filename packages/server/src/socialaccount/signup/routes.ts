import { readProviderSignup } from '../../account/signup-input.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import type { App } from '../../providers/app.ts'
import type { PendingProviderSignup } from '../../providers/identity.ts'
import { describeAccount } from '../describe.ts'
import { appOf, toldEmails } from '../emails.ts'
import { isProvidersOn } from '../is-on.ts'
import { logInConnected, signOut } from '../log-in.ts'
import { waitingSignup } from '../offers.ts'
import { completeSignup } from '../sign-up.ts'
import { findSocialAccount } from '../store.ts'
import { suggestUsername } from '../username.ts'

const path = 'auth/provider/signup'

export const providerSignupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    audience: 'anyone',
    isOn: isProvidersOn,
    handle: (ctx) => describe(ctx),
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

async function describe(ctx: Exchange): Promise<Answer> {
  const { pending, app } = requireWaiting(ctx)
  const { profile, provider } = pending
  const { uid, label = null } = profile
  const username = await suggestUsername(ctx, profile)
  const emails = toldEmails(ctx, app, profile)
  const account = describeAccount(ctx.server, { provider, uid, label })
  return answer(200, {
    data: {
      email: emails.map(({ email, isVerified }, index) => ({
        email,
        verified: isVerified,
        primary: index === 0,
      })),
      account,
      user: {
        display: username ?? account.display,
        has_usable_password: false,
        ...(username !== null && { username }),
      },
    },
  })
}

async function signUp(ctx: Exchange): Promise<void> {
  const { pending, app } = requireWaiting(ctx)
  if (!ctx.server.settings.server.hookSignupOpen) throw new Refusal('forbidden')
  const input = await readProviderSignup(ctx)
  const { provider, profile } = pending
  signOut(ctx)
  delete ctx.session.state.providerSignup
  // The same person may have signed up elsewhere meanwhile.
  const account = await findSocialAccount(ctx.server.db, { provider, uid: profile.uid })
  if (account) await logInConnected(ctx, pending, account)
  else await completeSignup(ctx, { app, identity: pending }, input)
}

/** @throws Refusal where no signup waits. */
function requireWaiting(ctx: Exchange): { pending: PendingProviderSignup; app: App } {
  const pending = waitingSignup(ctx)
  const app = pending && appOf(ctx, pending)
  if (!app) throw new Refusal('conflict')
  return { pending, app }
}
