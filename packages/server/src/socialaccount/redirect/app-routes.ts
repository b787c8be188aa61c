import { sha256 } from '../../crypto/hash.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import { text } from '../../http/fields.ts'
import { readInput, requireInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { connectByProvider } from '../connect.ts'
import { isProviderFailure } from '../failure.ts'
import { findArrival, keepAppRedirect } from '../handover/handover.ts'
import { spendHandover } from '../handover/store.ts'
import { isProvidersOn } from '../is-on.ts'
import { logInByProvider } from '../log-in.ts'
import { reauthenticateByProvider } from '../reauthenticate.ts'
import { prepareRedirect, type Wanted } from './begin.ts'
import { isProcess } from './process.ts'

/** What an app needs to send somebody to a provider in the browser of the system (RFC 8252). */
export const appRedirectRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/provider/redirect',
    audience: 'anyone',
    clients: ['app'],
    limit: 'provider_redirect',
    hasInput: true,
    isOn: isProvidersOn,
    handle: begin,
  },
  {
    method: 'POST',
    path: 'auth/provider/code',
    audience: 'anyone',
    clients: ['app'],
    limit: 'provider_token',
    hasInput: true,
    isOn: isProvidersOn,
    async handle(ctx) {
      await redeem(ctx)
      return undefined
    },
  },
]

async function begin(ctx: Exchange): Promise<Answer> {
  const { challenge, ...wanted } = readWanted(ctx)
  const { session } = ctx
  if (wanted.process !== 'login' && !session.user) throw new Refusal('permission_denied')
  const prepared = await prepareRedirect(ctx, wanted).catch((error) => {
    if (!isProviderFailure(ctx, error, wanted.app.id)) throw error
    throw new Refusal('provider_unavailable', 'provider')
  })
  const { url, state, redirect } = prepared
  keepAppRedirect(ctx, state, { ...redirect, challenge, sessionId: session.id })
  return answer(200, { data: { url } })
}

/** @throws Refusal with everything that is wrong with the fields. */
function readWanted(ctx: Exchange): Wanted & { challenge: string } {
  const { providers, settings } = ctx.server
  const isRequired = true
  const { values, problems } = readInput(ctx, {
    provider: text({ isRequired }),
    process: text({ isRequired }),
    callback_url: text({ isRequired }),
    code_challenge: text({ isRequired }),
    code_challenge_method: text({ isRequired: false }),
  })
  const { provider, process, callback_url: callbackUrl, code_challenge: challenge } = values
  const app = providers.findForRedirect(provider)
  if (provider !== '' && !app) problems.push({ code: 'invalid_choice', param: 'provider' })
  if (process !== '' && !isProcess(ctx, process)) {
    problems.push({ code: 'invalid_choice', param: 'process' })
  }
  const isKnown = settings.socialaccount.appCallbackUrls.includes(callbackUrl)
  if (callbackUrl !== '' && !isKnown) problems.push({ code: 'invalid', param: 'callback_url' })
  // What SHA-256 makes, as base64url without padding.
  if (challenge !== '' && !/^[\w-]{43}$/.test(challenge)) {
    problems.push({ code: 'invalid', param: 'code_challenge' })
  }
  if (!['', 'S256'].includes(values.code_challenge_method)) {
    problems.push({ code: 'invalid_choice', param: 'code_challenge_method' })
  }
  if (problems.length > 0 || !app || !isProcess(ctx, process)) throw Refusal.all(problems)
  return { app, process, callbackUrl, challenge }
}

/** Redeems the code that an app was opened with, in the session of the app. */
async function redeem(ctx: Exchange): Promise<void> {
  const { db } = ctx.server
  const { code, code_verifier: verifier } = requireInput(ctx, {
    code: text({ isRequired: true }),
    code_verifier: text({ isRequired: true }),
  })
  const arrival = await findArrival(ctx.server, code)
  if (!arrival) throw new Refusal('incorrect_code', 'code')
  const { redirect, identity } = arrival
  if (sha256(verifier) !== redirect.challenge) {
    // Another app has it: it is worth nothing any more.
    await spendHandover(db, code)
    throw new Refusal('incorrect_code', 'code')
  }
  ctx.pending.writes.push(async (tx) => {
    if (!(await spendHandover(tx, code))) throw new Refusal('incorrect_code', 'code')
  })
  if (redirect.process === 'login') {
    await logInByProvider(ctx, identity)
    return
  }
  const { session } = ctx
  const isSame = session.user?.id === redirect.userId && session.id === redirect.sessionId
  if (!isSame) throw new Refusal('permission_denied')
  if (redirect.process === 'connect') await connectByProvider(ctx, identity)
  else await reauthenticateByProvider(ctx, identity)
}
