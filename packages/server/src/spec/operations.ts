import type { Client } from '../exchange.ts'
import type { PathRoutes, Route } from '../http/route.ts'
import { isJsonObject, type Json, type JsonObject, listAt, objectAt, without } from './json.ts'

/** What the server answers to, by path. */
type Api = ReadonlyMap<string, PathRoutes>

const sessionToken = '#/components/parameters/SessionToken'
const client = '#/components/parameters/Client'

/** One operation of a document. */
export interface NamedOperation {
  path: string
  method: string
  operation: JsonObject
}

/** All operations of a document, in its order. */
export function operationsOf(document: JsonObject): NamedOperation[] {
  return Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) =>
    Object.entries(isJsonObject(item) ? item : {}).flatMap(([method, operation]) =>
      isJsonObject(operation) ? [{ path, method, operation }] : [],
    ),
  )
}

/**
 * The paths of a document with the operations that are served. Where one kind of client is left, its
 * name takes the place of the parameter.
 */
export function servedPaths(
  document: JsonObject,
  api: Api,
  clients: readonly Client[],
): JsonObject {
  const served = Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) => {
    const narrowed = servedItem(path, item, { api, clients })
    return narrowed === null ? [] : [[onlyPath(path, clients), narrowed] as const]
  })
  return Object.fromEntries(served)
}

function servedItem(
  path: string,
  item: Json,
  { api, clients }: { api: Api; clients: readonly Client[] },
): JsonObject | null {
  if (!isJsonObject(item)) return null
  const callers = clients.filter((it) => path.includes('{client}') || path.includes(`/${it}/`))
  const operations = Object.entries(item).flatMap(([method, operation]) => {
    const routes = callers.map((it) => routeOf(api, path.replace('{client}', it), method))
    const [route] = routes
    if (!route || !routes.every((it) => it) || !isJsonObject(operation)) return []
    return [[method, { ...operation, 'x-latchkey-audience': route.audience }] as const]
  })
  if (operations.length === 0) return null
  const parameters = listAt(item, 'parameters').filter((it) => {
    const target = isJsonObject(it) ? it.$ref : undefined
    if (target === client) return clients.length > 1
    return target !== sessionToken || callers.includes('app')
  })
  const own = without(item, ['parameters', ...Object.keys(item).filter(isMethod)])
  const shared = parameters.length > 0 ? { parameters } : {}
  return { ...own, ...shared, ...Object.fromEntries(operations) }
}

function routeOf(api: Api, path: string, method: string): Route | undefined {
  return api.get(path)?.byMethod.get(method.toUpperCase())
}

function isMethod(name: string): boolean {
  return ['get', 'put', 'post', 'delete', 'patch'].includes(name)
}

function onlyPath(path: string, clients: readonly Client[]): string {
  const [only] = clients
  return clients.length === 1 && only ? path.replace('{client}', only) : path
}
