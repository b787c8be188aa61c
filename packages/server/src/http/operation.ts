import { performance } from 'node:perf_hooks'
import { waitingLogin } from '../authentication/login.ts'
import { LostRace, ReauthenticationRequired, Refusal } from '../errors.ts'
import type { Client, Exchange, RequestInfo, Server } from '../exchange.ts'
import { spend } from '../limits/limits.ts'
import { noteActivity } from '../sessions/activity.ts'
import { commit, noWrites } from '../sessions/commit.ts'
import { type OpenedSession, openSession } from '../sessions/open.ts'
import { reauthenticationState, sessionState, unauthenticated } from '../sessions/state.ts'
import { isConflict } from '../storage/errors.ts'
import { type Answer, answer, refusalAnswer } from './answers.ts'
import { isObject, readBody } from './body.ts'
import { deliver, withCookies } from './deliver.ts'
import { readForm } from './form.ts'
import { describeRequest } from './request-info.ts'
import type { PathRoutes, Route } from './route.ts'
import { nextStep } from './steps.ts'
import {
  jsonAnswer,
  plainAnswer,
  type TransportAnswer,
  type TransportRequest,
} from './transport.ts'

const mostRuns = 5

/** One request to a path of the API, which may be run more than once. */
interface Operation {
  server: Server
  client: Client
  routes: PathRoutes
  request: TransportRequest
  info: Omit<RequestInfo, 'body'>
  /** Read at the first run, for it can be read only once. */
  body: ReturnType<typeof readBody> | undefined
  paid: Set<string>
  /** Whether a run before found that the session had ended, and removed it. */
  hasEnded: boolean
  /** On the clock of `nextStep`. */
  startedAt: number
}

/** Answers a request to a path of the API. A run that lost a race is run again from the start. */
export async function serveOperation(
  server: Server,
  routes: PathRoutes,
  request: TransportRequest,
): Promise<TransportAnswer> {
  const { client } = routes
  const info = describeRequest(request, server.settings.server)
  const operation = {
    server,
    client,
    routes,
    request,
    info,
    body: undefined,
    paid: new Set<string>(),
    hasEnded: false,
    startedAt: performance.now(),
  }
  for (let run = 1; run <= mostRuns; run += 1) {
    try {
      return await runOnce(operation)
    } catch (error) {
      if (!(error instanceof LostRace || isConflict(error))) throw error
    }
  }
  server.log.warn({ ip: info.ip }, 'a request lost every race against others and was refused')
  const opened = await openSession(server, client, request)
  return deliver(newExchange(operation, opened, {}), request, answer(409))
}

/** @throws LostRace if the session changed meanwhile: then nothing was written. */
async function runOnce(operation: Operation): Promise<TransportAnswer> {
  const { server, client, routes, request } = operation
  const opened = await openSession(server, client, request)
  operation.hasEnded ||= opened.credential === 'ended'
  if (client === 'app' && opened.credential === 'gone' && !operation.hasEnded) {
    const ctx = newExchange(operation, opened, {})
    return deliver(ctx, request, await unauthenticated(ctx, 410))
  }
  const atOtherStage = await answerAtOtherStage(operation, opened)
  if (atOtherStage) return atOtherStage
  const route = routes.byMethod.get(request.method)
  if (!route) return answerOtherMethod(operation, opened)
  const early = newExchange(operation, opened, {})
  const refused = await refuseEarly(early, route)
  if (refused) return deliver(early, request, refused)
  const body = await bodyFor(operation, route)
  if ('problem' in body) return answerUnreadable(operation, { ctx: early, route }, body.problem)
  const ctx = newExchange(operation, opened, body.value)
  const answered = await handle(ctx, route)
  if (route.hidesDuration) await nextStep(operation.startedAt)
  const delivered = deliver(ctx, request, answered)
  noteActivity(server, ctx.session, { ...ctx.request, client })
  return delivered
}

/** What is answered before the body is looked at: that a user has to ask, or nobody so often. */
async function refuseEarly(ctx: Exchange, route: Route): Promise<Answer | null> {
  if (route.audience === 'user' && ctx.session.user === null) return sessionState(ctx)
  const { limit } = route
  return limit === undefined ? null : refusalOf(() => spend(ctx, limit))
}

/** Says of a body that it can not be read, unless another would be refused as well. */
async function answerUnreadable(
  { request }: Operation,
  { ctx, route }: { ctx: Exchange; route: Route },
  problem: string,
): Promise<TransportAnswer> {
  const refused = await refusalOf(async () => route.refuseAnyBody?.(ctx))
  if (refused) return deliver(ctx, request, refused)
  return withCookies(ctx, request, plainAnswer(400, problem))
}

async function refusalOf(check: () => Promise<unknown>): Promise<Answer | null> {
  try {
    await check()
    return null
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error)
    throw error
  }
}

/** Runs the operation, writes what it changed, and builds the answer from the new state. */
async function handle(ctx: Exchange, route: Route): Promise<Answer> {
  try {
    const own = await route.handle(ctx)
    await commit(ctx)
    return own ?? (await sessionState(ctx))
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error)
    if (error instanceof ReauthenticationRequired) return reauthenticationState(ctx)
    throw error
  }
}

/** Tells how to sign in where a path serves one stage of a login and none waits there; else null. */
async function answerAtOtherStage(
  operation: Operation,
  opened: OpenedSession,
): Promise<TransportAnswer | null> {
  const { stage } = operation.routes
  if (stage === undefined) return null
  const ctx = newExchange(operation, opened, {})
  if (opened.credential !== 'ended' && (await waitingLogin(ctx, stage))) return null
  const answered = await unauthenticated(ctx, 401)
  await commit(ctx)
  return deliver(ctx, operation.request, answered)
}

/** OPTIONS tells the methods of a path; of a path for users alone, only users are told anything. */
async function answerOtherMethod(
  operation: Operation,
  opened: OpenedSession,
): Promise<TransportAnswer> {
  const { routes, request } = operation
  const ctx = newExchange(operation, opened, {})
  if (routes.needsUser && opened.session.user === null) {
    return deliver(ctx, request, await sessionState(ctx))
  }
  const refused = routes.needsUser ? null : await refusalOf(async () => routes.refuseAnyBody?.(ctx))
  if (refused) return deliver(ctx, request, refused)
  const answered =
    request.method === 'OPTIONS'
      ? jsonAnswer(200, '')
      : plainAnswer(isHeadOfInput(request, routes) ? 400 : 405, 'This path has no such method.')
  answered.headers.push(['allow', routes.allow])
  return withCookies(ctx, request, answered)
}

/** HEAD looks at the input of a path that only takes input, and there is none. */
function isHeadOfInput({ method }: TransportRequest, { byMethod }: PathRoutes): boolean {
  return method === 'HEAD' && [...byMethod.values()].some((route) => route.hasInput)
}

async function bodyFor(operation: Operation, route: Route): ReturnType<typeof readBody> {
  const { request, server } = operation
  const isRead = request.method !== 'GET' && request.method !== 'HEAD' && !route.ignoresBody
  if (!isRead) return { value: {} }
  const { dataUploadMaxMemorySize: maxBytes } = server.settings.server
  operation.body ??= route.takesForm ? readForm(request, maxBytes) : readBody(request, maxBytes)
  const body = await operation.body
  if (!route.hasInput || 'problem' in body || isObject(body.value)) return body
  return { problem: 'The body is not a JSON object.' }
}

function newExchange(
  { server, client, info, paid }: Operation,
  { session }: OpenedSession,
  body: unknown,
): Exchange {
  return { server, client, request: { ...info, body }, session, pending: noWrites(), paid }
}
