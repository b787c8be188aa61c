import { LostRace, ReauthenticationRequired, Refusal } from '../../errors.ts'
import type { Exchange, Server } from '../../exchange.ts'
import { browserExchange } from '../../http/browser-exchange.ts'
import { withCookies } from '../../http/deliver.ts'
import {
  plainAnswer,
  redirectAnswer,
  type TransportAnswer,
  type TransportRequest,
} from '../../http/transport.ts'
import type { PendingRedirect, ProviderIdentity } from '../../providers/identity.ts'
import { commit } from '../../sessions/commit.ts'
import { isConflict } from '../../storage/errors.ts'
import { connectByProvider } from '../connect.ts'
import { isProviderFailure } from '../failure.ts'
import { type AppRedirect, keepArrival, takeAppRedirect } from '../handover/handover.ts'
import { logInByProvider } from '../log-in.ts'
import { reauthenticateByProvider } from '../reauthenticate.ts'
import { identityOf } from '../tokens.ts'
import { redirectUriOf } from './begin.ts'
import { inAscii, withError, withParams } from './callback-url.ts'
import { errorPage } from './error-page.ts'
import { takeRedirect } from './pending.ts'

const mostRuns = 5

/** What somebody came back with, and what was kept for it. */
interface Return {
  redirect: Omit<PendingRedirect, 'stateHash'>
  callback: URLSearchParams
  state: string
}

/** Answers somebody who comes back from a provider: to the page where it began, or the error page. */
export async function serveCallback(
  server: Server,
  provider: string,
  { request, callback }: { request: TransportRequest; callback: URLSearchParams },
): Promise<TransportAnswer> {
  const state = callback.get('state') ?? ''
  // First, and written down: what came back works once, however it goes on.
  const first = await inSession(server, request, async (ctx) =>
    takeRedirect(ctx, { state, provider }),
  )
  const redirect = first.result
  if (!redirect) {
    const ofApp = await takeAppRedirect(server, { state, provider })
    if (ofApp) return openApp(first.ctx, request, { redirect: ofApp, callback, state })
    const page = errorPage(first.ctx)
    if (page !== undefined) return seeOther(first.ctx, request, page)
    return plainAnswer(400, 'This sign-in is over. See HEADLESS_FRONTEND_URLS for a page of yours.')
  }
  const vouched = await vouch(first.ctx, { redirect, callback, state })
  const { ctx, error } =
    typeof vouched === 'string'
      ? { ctx: first.ctx, error: vouched }
      : await arriveInSession(first.ctx, request, { redirect, identity: vouched })
  const { callbackUrl, process } = redirect
  return seeOther(ctx, request, error ? withError(callbackUrl, error, process) : callbackUrl)
}

/** Leads back into the app, with a code that it alone can redeem. */
async function openApp(
  ctx: Exchange,
  request: TransportRequest,
  { redirect, callback, state }: Return & { redirect: AppRedirect },
): Promise<TransportAnswer> {
  const { callbackUrl, process } = redirect
  const vouched = await vouch(ctx, { redirect, callback, state })
  const location =
    typeof vouched === 'string'
      ? withError(callbackUrl, vouched, process)
      : withParams(callbackUrl, {
          code: await keepArrival(ctx.server, { redirect, identity: vouched }),
        })
  return seeOther(ctx, request, location)
}

/** Whom the provider vouches for, or the error to tell. */
async function vouch(
  ctx: Exchange,
  { redirect, callback, state }: Return,
): Promise<ProviderIdentity | string> {
  const refused = callback.get('error')
  if (refused !== null) return refused === 'access_denied' ? 'cancelled' : 'unknown'
  const { verifier, nonce, process, provider, clientId } = redirect
  const { providers } = ctx.server
  const app = providers.find(provider, clientId)
  if (!app) return 'unknown'
  const returned = { callback, state, verifier, redirectUri: redirectUriOf(ctx, app) }
  // Whoever was asked was asked since then.
  const sinceSeconds = (ctx.server.now() - redirect.startedAt) / 1000
  const maxAgeSeconds = process === 'reauthenticate' ? sinceSeconds : null
  try {
    const protocol = await providers.protocol()
    const vouched = await protocol.vouchForReturned(app, returned, { nonce, maxAgeSeconds })
    return identityOf(ctx.server, app, vouched)
  } catch (error) {
    if (isProviderFailure(ctx, error, provider)) return 'unknown'
    throw error
  }
}

/** Does what somebody went to the provider for, and tells the error; null where there is none. */
async function arriveInSession(
  { server, session }: Exchange,
  request: TransportRequest,
  arrival: { redirect: PendingRedirect; identity: ProviderIdentity },
): Promise<{ ctx: Exchange; error: string | null }> {
  try {
    const { ctx, result } = await inSession(server, request, (ctx) =>
      ctx.session.id === session.id ? arrive(ctx, arrival) : Promise.resolve('unknown'),
    )
    return { ctx, error: result }
  } catch (thrown) {
    const error = errorOf(thrown)
    if (error === null) throw thrown
    // What was begun is not written: the session is what it was.
    return { ctx: await browserExchange(server, request), error }
  }
}

async function arrive(
  ctx: Exchange,
  { redirect, identity }: { redirect: PendingRedirect; identity: ProviderIdentity },
): Promise<string | null> {
  const { process, userId } = redirect
  if (process === 'login') {
    await logInByProvider(ctx, identity)
    const { login, providerSignup } = ctx.session.state
    // As for an inactive user, or one whose next step can not be taken.
    return ctx.pending.signIn || login || providerSignup ? null : 'unknown'
  }
  // Whoever signed in meanwhile has not asked for this.
  if (userId !== (ctx.session.user?.id ?? null)) throw new Refusal('permission_denied')
  if (process === 'connect') await connectByProvider(ctx, identity)
  else await reauthenticateByProvider(ctx, identity)
  return null
}

/** Runs in the session of the browser and saves it; a run that lost a race is run again. */
async function inSession<T>(
  server: Server,
  request: TransportRequest,
  run: (ctx: Exchange) => Promise<T>,
): Promise<{ ctx: Exchange; result: T }> {
  for (let runs = 1; runs <= mostRuns; runs += 1) {
    const ctx = await browserExchange(server, request)
    try {
      const result = await run(ctx)
      await commit(ctx)
      return { ctx, result }
    } catch (error) {
      if (!(error instanceof LostRace || isConflict(error))) throw error
    }
  }
  throw new Refusal('conflict')
}

function errorOf(error: unknown): string | null {
  if (error instanceof ReauthenticationRequired) return 'reauthentication_required'
  if (!(error instanceof Refusal)) return null
  const code = error.problems[0]?.code
  if (code === 'forbidden') return 'signup_closed'
  return code === 'permission_denied' || code === 'connected_other' ? code : 'unknown'
}

function seeOther(ctx: Exchange, request: TransportRequest, location: string): TransportAnswer {
  const answered = redirectAnswer()
  answered.headers.push(['location', inAscii(location)])
  return withCookies(ctx, request, answered)
}
