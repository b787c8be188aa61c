import type { Context, MiddlewareHandler } from 'hono'
import { type Auth, assembledOf } from '../auth.ts'
import { headOf } from '../guard/request.ts'
import type { UserSession } from '../guard/user-session.ts'
import { csrfField, isForm } from '../http/csrf-field.ts'
import { serve } from '../http/serve.ts'
import { fromRequest, toResponse } from '../http/web.ts'
import {
  admitAnyone,
  admitUser,
  type Entrant,
  type GuardOptions,
  type RequireUserOptions,
} from './admit.ts'

export type { GuardOptions, RequireUserOptions } from './admit.ts'

/** How the API is mounted. */
export interface MountOptions {
  /**
   * Tells the address of the other end of the socket, which limits per address count by.
   * @defaultValue what `@hono/node-server` knows; elsewhere all count as one
   */
  remoteAddress?: (context: Context) => string | undefined
}

/** Serves the API: `app.use(latchkey(auth))`. What is not Latchkey's goes on to the next handler. */
export function latchkey(
  auth: Auth,
  { remoteAddress = addressOfNode }: MountOptions = {},
): MiddlewareHandler {
  const { server, served } = assembledOf(auth)
  return async function latchkey(context, next) {
    if (!auth.serves(pathOf(context))) return next()
    const request = await unread(context)
    const address = remoteAddress(context) ?? '0.0.0.0'
    return toResponse(await serve(server, served, fromRequest(request, address)))
  }
}

/** Lets nobody through but users; `c.var.session` then says who it is. */
export function requireUser(
  auth: Auth,
  options: RequireUserOptions = {},
): MiddlewareHandler<{ Variables: { session: UserSession } }> {
  return async function requireUser(context, next) {
    const admission = await admitUser(auth, entrantOf(context), options)
    if ('answer' in admission) return toResponse(admission.answer)
    context.set('session', admission.session)
    return next()
  }
}

/** Finds out who it is, if anybody: `c.var.session` is null where nobody is signed in. */
export function optionalUser(
  auth: Auth,
  options: GuardOptions = {},
): MiddlewareHandler<{ Variables: { session: UserSession | null } }> {
  return async function optionalUser(context, next) {
    const admission = await admitAnyone(auth, entrantOf(context), options)
    if ('answer' in admission) return toResponse(admission.answer)
    context.set('session', admission.session)
    return next()
  }
}

function entrantOf(context: Context): Entrant {
  return {
    head: headOf(context.req.raw),
    target: pathOf(context),
    readToken: () => readToken(context),
  }
}

/** Hono keeps what it has read, so the route can read the form once more. */
async function readToken({ req }: Context): Promise<unknown> {
  if (!isForm(req.header('content-type'))) return undefined
  // What can not be read as a form has no token.
  const form = await req.parseBody().catch(() => null)
  return form?.[csrfField]
}

/** The request with its body, even where a handler before has read that. */
async function unread({ req }: Context): Promise<Request> {
  const { raw } = req
  if (!raw.bodyUsed) return raw
  const { method, headers } = raw
  return new Request(raw.url, { method, headers, body: await req.arrayBuffer() })
}

function pathOf({ req }: Context): string {
  const { pathname, search } = new URL(req.url)
  return pathname + search
}

/** Asked for structurally: other runtimes have other bindings, or none. */
function addressOfNode({ env }: Context): string | undefined {
  const bindings: { incoming?: { socket?: { remoteAddress?: string } } } | undefined = env
  return bindings?.incoming?.socket?.remoteAddress
}
