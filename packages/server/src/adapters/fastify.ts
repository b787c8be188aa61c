import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Auth, assembledOf } from '../auth.ts'
import { headOf } from '../guard/request.ts'
import type { UserSession } from '../guard/user-session.ts'
import { csrfField } from '../http/csrf-field.ts'
import { serve } from '../http/serve.ts'
import type { TransportAnswer } from '../http/transport.ts'
import { fromIncoming } from '../node/answer.ts'
import {
  admitAnyone,
  admitUser,
  type Entrant,
  type GuardOptions,
  type RequireUserOptions,
  tokenIn,
} from './admit.ts'

export type { GuardOptions, RequireUserOptions } from './admit.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent the request, on routes behind `requireUser`. Reading it elsewhere throws. */
    readonly authSession: UserSession
    /** Who sent the request, if anybody, on routes behind `optionalUser`. */
    readonly optionalSession: UserSession | null
  }
}

/** A hook that a route has before its handler. */
export type Guarding = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

const required = new WeakMap<FastifyRequest, UserSession>()
const optional = new WeakMap<FastifyRequest, UserSession | null>()

/** Serves the API: `app.register(latchkey(auth))`. Parsers of yours do not see its bodies. */
export function latchkey(auth: Auth): (app: FastifyInstance) => Promise<void> {
  const { server, served } = assembledOf(auth)
  async function latchkey(app: FastifyInstance): Promise<void> {
    app.decorateRequest('authSession', { getter: readRequired })
    app.decorateRequest('optionalSession', { getter: readOptional })
    app.addHook('onRequest', async (request, reply) => {
      const { raw } = request
      if (!auth.serves(raw.url ?? '')) return undefined
      return answer(reply, await serve(server, served, fromIncoming(raw)))
    })
  }
  // So that it is there for the whole app, as with fastify-plugin.
  return Object.assign(latchkey, { [Symbol.for('skip-override')]: true })
}

/** Lets nobody through but users, as `preHandler` of routes; `request.authSession` says who it is. */
export function requireUser(auth: Auth, options: RequireUserOptions = {}): Guarding {
  return async function requireUser(request, reply) {
    const admission = await admitUser(auth, entrantOf(request), options)
    if ('answer' in admission) return answer(reply, admission.answer)
    required.set(request, admission.session)
    return undefined
  }
}

/** Finds out who it is, if anybody: `request.optionalSession` is null where nobody is signed in. */
export function optionalUser(auth: Auth, options: GuardOptions = {}): Guarding {
  return async function optionalUser(request, reply) {
    const admission = await admitAnyone(auth, entrantOf(request), options)
    if ('answer' in admission) return answer(reply, admission.answer)
    optional.set(request, admission.session)
    return undefined
  }
}

function entrantOf(request: FastifyRequest): Entrant {
  return {
    head: headOf(request),
    target: request.originalUrl,
    readToken: () => tokenIn(request.body, csrfField),
  }
}

function answer(reply: FastifyReply, { status, headers, body }: TransportAnswer): FastifyReply {
  reply.code(status)
  for (const [name, value] of headers) reply.header(name, value)
  return reply.send(typeof body === 'string' ? body : Buffer.from(body))
}

// A route that forgot its hook fails for everybody, instead of taking anybody for a user.
function readRequired(this: FastifyRequest): UserSession {
  const session = required.get(this)
  if (!session) throw new Error('request.authSession needs the preHandler requireUser(auth)')
  return session
}

function readOptional(this: FastifyRequest): UserSession | null {
  const session = optional.get(this)
  if (session === undefined) {
    throw new Error('request.optionalSession needs the preHandler optionalUser(auth)')
  }
  return session
}
