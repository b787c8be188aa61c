import { randomUUID } from 'node:crypto'
import type { Server } from '../exchange.ts'
import { forgeryProblem } from '../sessions/csrf.ts'
import { failureAnswer } from './failure.ts'
import { isAllowedHost } from './hosts.ts'
import { serveOperation } from './operation.ts'
import { findPage, type Pages, servePage } from './pages.ts'
import type { PathRoutes } from './route.ts'
import { plainAnswer, type TransportAnswer, type TransportRequest } from './transport.ts'

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
  const answered = await find(server, served, request).catch((error: unknown) =>
    failureAnswer(server, error, requestId),
  )
  answered.headers.push(['x-request-id', requestId])
  return request.method === 'HEAD' ? { ...answered, body: '' } : answered
}

/** Whether a target belongs to the API or to a page that others look for at a fixed place. */
export function isServed({ pages }: Served, target: string): boolean {
  const path = pathOf(target) ?? ''
  const isWellKnown = path.startsWith('/.well-known/') && findPage(pages, path) !== undefined
  return path.startsWith('/_allauth/') || isWellKnown
}

async function find(
  server: Server,
  { api, pages }: Served,
  request: TransportRequest,
): Promise<TransportAnswer> {
  const path = pathOf(request.target) ?? ''
  const page = findPage(pages, path)
  const settings = server.settings.server
  // Load balancers ask by an address of their own for how the server is.
  if (!path.startsWith('/health/') && !isAllowedHost(request, settings)) {
    return plainAnswer(400, 'This host is not served here: see ALLOWED_HOSTS and PUBLIC_URL.')
  }
  if (page) return servePage(page, request)
  const routes = api.get(path)
  if (!routes) return plainAnswer(404, 'There is nothing here.')
  if (path.startsWith('/_allauth/app/')) return serveOperation(server, 'app', routes, request)
  const problem = forgeryProblem(request, settings)
  return problem ? plainAnswer(403, problem) : serveOperation(server, 'browser', routes, request)
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
