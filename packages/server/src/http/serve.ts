import { randomUUID } from 'node:crypto'
import { LostRace, Refusal } from '../errors.ts'
import type { Client, Exchange, RequestInfo, Server } from '../exchange.ts'
import { spend } from '../limits/limits.ts'
import { commit, noWrites } from '../sessions/commit.ts'
import { forgeryProblem } from '../sessions/csrf.ts'
import { type OpenedSession, openSession } from '../sessions/open.ts'
import { sessionState, unauthenticated } from '../sessions/state.ts'
import { type Answer, answer, refusalAnswer } from './answers.ts'
import { isObject, readBody } from './body.ts'
import { clientAddress } from './client-address.ts'
import { deliver } from './deliver.ts'
import { failureAnswer } from './failure.ts'
import { isAllowedHost } from './hosts.ts'
import { findPage, type Pages } from './pages.ts'
import type { PathRoutes, Route } from './route.ts'
import { jsonAnswer, plainAnswer, type TransportAnswer, type TransportRequest } from './transport.ts'

const mostRuns = 5
const longestUserAgent = 200

/** Everything that is served: the operations of the API, and pages beside it. */
export interface Served {
  api: ReadonlyMap<string, PathRoutes>
  pages: Pages
}

/** Answers one request. Never throws: what is unexpected becomes a 500 whose id the log has too. */
export async function serve(
  server: Server,
  served: Served,
  request: TransportRequest,
): Promise<TransportAnswer> {
  const requestId = randomUUID()
  const answered = await serveOrFail(server, served, request).catch((error: unknown) =>
    failureAnswer(server, error, requestId),
  )
  answered.headers.push(['x-request-id', requestId])
  if (request.method === 'HEAD') answered.body = ''
  return answered
}

async function serveOrFail(
  server: Server,
  { api, pages }: Served,
  request: TransportRequest,
): Promise<TransportAnswer> {
  const settings = server.settings.server
  if (!isAllowedHost(request, settings)) return plainAnswer(400, 'This host is not served here.')
  const path = pathOf(request.target)
  const served = path === null ? undefined : api.get(path)
  if (path === null || !served) {
    const page = path === null ? undefined : findPage(pages, path)
    return page && isSafe(request.method) ? page(request) : plainAnswer(404, 'There is nothing here.')
  }
  const client: Client = path.startsWith('/_allauth/app/') ? 'app' : 'browser'
  if (client === 'browser') {
    const problem = forgeryProblem(request, settings)
    if (problem) return plainAnswer(403, problem)
  }
  const info: RequestInfo = {
    method: request.method,
    path,
    body: {},
    ip: clientAddress(request, settings),
    userAgent: (request.header('user-agent') ?? '').slice(0, longestUserAgent),
    header: (name) => request.header(name),
  }
  const paid = new Set<string>()
  for (let run = 1; run <= mostRuns; run += 1) {
    try {
      return await runOnce({ server, client, served, request, info, paid })
    } catch (error) {
      if (!(error instanceof LostRace)) throw error
    }
  }
  const ctx = newExchange({ server, client, info, paid }, await openSession(server, client, request))
  return deliver(ctx, request, answer(409))
}

interface Run {
  server: Server
  client: Client
  served: PathRoutes
  request: TransportRequest
  info: RequestInfo
  paid: Set<string>
}

/** @throws LostRace if the session changed meanwhile: then nothing was written. */
async function runOnce(run: Run): Promise<TransportAnswer> {
  const { server, client, served, request, info, paid } = run
  const opened = await openSession(server, client, request)
  const ctx = newExchange({ server, client, info, paid }, opened)
  if (client === 'app' && opened.credential === 'gone') {
    return deliver(ctx, request, await unauthenticated(ctx, 410))
  }
  const isAnonymous = ctx.session.user === null
  if (request.method === 'OPTIONS') {
    if (served.needsUser && isAnonymous) return deliver(ctx, request, await sessionState(ctx))
    return methodsAnswer(200, served)
  }
  const route = served.byMethod.get(request.method)
  if (!route) return methodsAnswer(isHeadOfInput(request, served) ? 400 : 405, served)
  if (!isSafe(request.method)) {
    const body = await readBody(request, server.settings.server.dataUploadMaxMemorySize)
    if ('problem' in body) return plainAnswer(400, body.problem)
    if (route.hasInput && !isObject(body.value)) {
      return plainAnswer(400, 'The body is not a JSON object.')
    }
    Object.assign(ctx.request, { body: body.value })
  }
  if (opened.credential === 'ended' || (route.audience === 'user' && isAnonymous)) {
    return deliver(ctx, request, await sessionState(ctx))
  }
  return deliver(ctx, request, await handle(ctx, route))
}

/** Runs the operation, writes what it changed, and builds the answer from the new state. */
async function handle(ctx: Exchange, route: Route): Promise<Answer> {
  const before = JSON.stringify(ctx.session.state)
  try {
    if (route.limit) await spend(ctx, route.limit)
    const own = await route.handle(ctx)
    await commit(ctx, JSON.stringify(ctx.session.state) !== before)
    return own ?? (await sessionState(ctx))
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error)
    throw error
  }
}

function newExchange(
  { server, client, info, paid }: Pick<Run, 'server' | 'client' | 'info' | 'paid'>,
  { session }: OpenedSession,
): Exchange {
  return { server, client, request: { ...info }, session, pending: noWrites(), paid }
}

/** The path without its query, decoded; null where it can not be. */
function pathOf(target: string): string | null {
  try {
    const path = target.startsWith('/') ? target.replace(/[?#].*$/s, '') : new URL(target).pathname
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

function methodsAnswer(status: number, { allow }: PathRoutes): TransportAnswer {
  const plain = status === 200 ? jsonAnswer(200, '') : plainAnswer(status, 'Another method, please.')
  plain.headers.push(['allow', allow])
  return plain
}

/** HEAD looks at the input of a path that only takes input, and there is none. */
function isHeadOfInput({ method }: TransportRequest, { byMethod }: PathRoutes): boolean {
  return method === 'HEAD' && [...byMethod.values()].some((route) => route.hasInput)
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}
