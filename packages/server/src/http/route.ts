import type { Client, Exchange, StageId } from '../exchange.ts'
import type { RateLimitAction } from '../settings/rate-limits.ts'
import type { Settings } from '../settings/settings.ts'
import type { Answer } from './answers.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One operation of the API: who may call it, how often, and what happens. */
export interface Route {
  readonly method: Method
  /** Below `/_allauth/{client}/v1`, or where `root` says. */
  readonly path: string
  /** `_latchkey`: an operation of our own, which the headless API does not have. */
  readonly root?: '_allauth' | '_latchkey'
  /** 'user': only somebody who is signed in; anybody else is told how to sign in (401). */
  readonly audience: 'anyone' | 'user'
  /** The stage that has to wait, or whoever asks is told how to sign in (401); the same for a whole path. */
  readonly stage?: StageId
  /** Paid for before anything else is looked at. */
  readonly limit?: RateLimitAction
  /** Both kinds of client unless said otherwise. */
  readonly clients?: readonly Client[]
  /** Whether the settings switch the operation on at all; always where absent. */
  readonly isOn?: (settings: Settings) => boolean
  /** Whether how long the work took would tell who has an account: answers then leave in steps. */
  readonly hidesDuration?: boolean
  /** Whether it reads a body, which then has to be an object. */
  readonly hasInput?: boolean
  /**
   * Refuses what no body could mend, even one that can not be read; `handle` checks the same itself. Where
   * anybody may ask, it comes before the method as well.
   */
  readonly refuseAnyBody?: (ctx: Exchange) => Promise<unknown>
  /** Whether whatever body there is, JSON or not, is left unread. */
  readonly ignoresBody?: boolean
  /** Whether it reads the form of a page, which then may carry the token against forged requests. */
  readonly takesForm?: boolean
  /** Without an answer of its own, the answer is the state of the session. */
  readonly handle: (ctx: Exchange) => Promise<Answer | undefined>
}

/** The operations of one path, for one kind of client. */
export interface PathRoutes {
  readonly client: Client
  /** HEAD is GET without a body. */
  readonly byMethod: ReadonlyMap<string, Route>
  readonly allow: string
  readonly needsUser: boolean
  readonly stage: StageId | undefined
  readonly refuseAnyBody: Route['refuseAnyBody']
}

/** All paths that the settings switch on, by client and path: one look-up for each request. */
export function routeTable(
  routes: readonly Route[],
  settings: Settings,
): ReadonlyMap<string, PathRoutes> {
  const byPath = new Map<string, { client: Client; served: Route[] }>()
  for (const route of routes.filter((it) => it.isOn?.(settings) ?? true)) {
    for (const client of settings.headless.clients) {
      if (route.clients && !route.clients.includes(client)) continue
      const path = `/${route.root ?? '_allauth'}/${client}/v1/${route.path}`
      const others = byPath.get(path)?.served ?? []
      byPath.set(path, { client, served: [...others, route] })
    }
  }
  return new Map(
    [...byPath].map(([path, { client, served }]) => [path, pathRoutes(client, served)]),
  )
}

function pathRoutes(client: Client, routes: readonly Route[]): PathRoutes {
  const byMethod = new Map<string, Route>(routes.map((route) => [route.method, route]))
  const get = byMethod.get('GET')
  if (get) byMethod.set('HEAD', get)
  return {
    client,
    byMethod,
    allow: [...byMethod.keys(), 'OPTIONS'].sort().join(', '),
    needsUser: routes.some((route) => route.audience === 'user'),
    stage: routes.find((route) => route.stage)?.stage,
    refuseAnyBody: routes.find((route) => route.refuseAnyBody)?.refuseAnyBody,
  }
}
