import { randomUUID } from 'node:crypto'
import type { Server } from '../exchange.ts'
import { forgeryProblem, originProblem } from '../sessions/csrf.ts'
import { csrfField, isForm } from './csrf-field.ts'
import { failureAnswer } from './failure.ts'
import { readForm } from './form.ts'
import { isAllowedHost } from './hosts.ts'
import { memberOf } from './input.ts'
import { serveOperation } from './operation.ts'
import {
  type FallbackPages,
  findPage,
  findPagePath,
  type Page,
  type Pages,
  servePage,
} from './pages.ts'
import type { PathRoutes } from './route.ts'
import { plainAnswer, type TransportAnswer, type TransportRequest } from './transport.ts'

/** Everything that is served: the operations of the API, and pages beside it. */
export interface Served {
  api: ReadonlyMap<string, PathRoutes>
  pages: Pages
  /** Where people come back to from elsewhere, by path. */
  callbacks: Callbacks
  /** Sign-in and account pages; null where there are none. */
  portal: FallbackPages | null
}

/** Answers whoever comes back from elsewhere, by a GET or a form that another site posts. */
export type Callbacks = ReadonlyMap<string, (request: TransportRequest) => Promise<TransportAnswer>>

/** Answers one request. Never throws: what is unexpected becomes a 500 whose id the log has too. */
export async function serve(
  server: Server,
  served: Served,
  request: TransportRequest,
): Promise<TransportAnswer> {
  const requestId = randomUUID()
  const path = pathOf(request.target) ?? ''
  const { method, header } = request
  const answered = await server.observer.request(
    { method, header, route: () => routeOf(served, request, path) },
    () =>
      find(server, served, { request, path }).catch((error: unknown) =>
        failureAnswer(server, error, requestId),
      ),
  )
  answered.headers.push(['x-request-id', requestId])
  return request.method === 'HEAD' ? { ...answered, body: '' } : answered
}

/**
 * Whether a target belongs to the API, to a page that others look for at a fixed place, or to a portal with
 * a folder of its own: at the root, whatever is not ours may be of the program around us.
 */
export function isServed({ pages, callbacks, portal }: Served, target: string): boolean {
  const path = pathOf(target) ?? ''
  const isWellKnown = path.startsWith('/.well-known/') && findPage(pages, path) !== undefined
  return (
    /^\/_(allauth|latchkey)\//.test(path) ||
    isWellKnown ||
    callbacks.has(path) ||
    isOfFolder(portal, path)
  )
}

function isOfFolder(portal: FallbackPages | null, path: string): boolean {
  if (!portal || portal.path === '/') return false
  return path.startsWith(portal.path) || `${path}/` === portal.path
}

async function find(
  server: Server,
  { api, pages, callbacks, portal }: Served,
  { request, path }: { request: TransportRequest; path: string },
): Promise<TransportAnswer> {
  const settings = server.settings.server
  // Load balancers ask by an address of their own for how the server is.
  if (!path.startsWith('/health/') && !isAllowedHost(request, settings)) {
    return plainAnswer(400, 'This host is not served here: see ALLOWED_HOSTS and PUBLIC_URL.')
  }
  const routes = api.get(path)
  if (!routes) {
    const page = findPage(pages, path)
    if (page) return servePage(page, request)
    const callback = callbacks.get(path)
    if (callback) return callback(request)
    return (
      findFallback(portal, request, path)?.(request) ?? plainAnswer(404, 'There is nothing here.')
    )
  }
  if (routes.client === 'app') return serveOperation(server, routes, request)
  const { problem, request: checked } = await refuseForged(server, routes, request)
  return problem ? plainAnswer(403, problem) : serveOperation(server, routes, checked)
}

/** A page of the portal, which can only be read: whatever else is asked there leads nowhere. */
function findFallback(
  portal: FallbackPages | null,
  { method }: TransportRequest,
  path: string,
): Page | undefined {
  return method === 'GET' || method === 'HEAD' ? portal?.find(path) : undefined
}

/** A path as it is served, for observers: of these there are few, whatever clients ask for. */
function routeOf(
  { api, pages, callbacks, portal }: Served,
  request: TransportRequest,
  path: string,
): string {
  if (api.has(path) || callbacks.has(path)) return path
  const page = findPagePath(pages, path)
  if (page !== undefined) return page
  return portal && findFallback(portal, request, path) ? portal.path : 'none'
}

/** A form of a page may carry the token in a field: then it is read first, unless it comes from elsewhere. */
async function refuseForged(
  { settings }: Server,
  routes: PathRoutes,
  request: TransportRequest,
): Promise<{ problem: string | null; request: TransportRequest }> {
  const { server } = settings
  const problem = forgeryProblem(request, server)
  const mayCarry =
    routes.byMethod.get(request.method)?.takesForm && isForm(request.header('content-type'))
  if (problem === null || !mayCarry || originProblem(request, server)) return { problem, request }
  const bytes = await request.readBody(server.dataUploadMaxMemorySize)
  if (bytes === null) return { problem, request }
  const again = { ...request, readBody: async () => bytes }
  const fields = await readForm(again, server.dataUploadMaxMemorySize)
  const token = 'value' in fields ? memberOf(fields.value, csrfField) : undefined
  const header = (name: string) =>
    name === server.csrfHeaderName && typeof token === 'string' ? token : request.header(name)
  return { problem: forgeryProblem({ ...request, header }, server), request: again }
}

/** The path without its query, decoded; null where it can not be. */
function pathOf(target: string): string | null {
  try {
    const path = target.startsWith('/') ? target.replace(/[?#].*$/s, '') : new URL(target).pathname
    return path.includes('%') ? decodeURIComponent(path) : path
  } catch {
    return null
  }
}
