import type { Request, RequestHandler, Response } from 'express'
import type { Auth } from '../auth.ts'
import { headOf } from '../guard/request.ts'
import type { UserSession } from '../guard/user-session.ts'
import { csrfField } from '../http/csrf-field.ts'
import { send } from '../node/answer.ts'
import { createNodeHandler } from '../node/index.ts'
import {
  type Admission,
  admitAnyone,
  admitUser,
  type Entrant,
  type GuardOptions,
  type RequireUserOptions,
  tokenIn,
} from './admit.ts'

export type { GuardOptions, RequireUserOptions } from './admit.ts'

declare global {
  namespace Express {
    interface Request {
      /** Who sent the request, on routes behind `requireUser`. Reading it elsewhere throws. */
      authSession: UserSession
      /** Who sent the request, if anybody, on routes behind `optionalUser`. */
      optionalSession: UserSession | null
    }
  }
}

/**
 * Serves the API: `app.use(latchkey(auth))`. What is not Latchkey's goes on to the next handler.
 * Best before `express.json()`, so that Latchkey itself limits the body; after it works as well.
 */
export function latchkey(auth: Auth): RequestHandler {
  const handle = createNodeHandler(auth)
  return function latchkey(request, response, next) {
    if (auth.serves(request.originalUrl)) return handle(request, response)
    refuseReading(request, 'authSession', 'requireUser')
    refuseReading(request, 'optionalSession', 'optionalUser')
    next()
  }
}

/** Lets nobody through but users; `req.authSession` then says who it is. */
export function requireUser(auth: Auth, options: RequireUserOptions = {}): RequestHandler {
  return async function requireUser(request, response, next) {
    const admission = await admitUser(auth, entrantOf(request), options)
    if (pass(admission, request, response, 'authSession')) next()
  }
}

/** Finds out who it is, if anybody: `req.optionalSession` is null where nobody is signed in. */
export function optionalUser(auth: Auth, options: GuardOptions = {}): RequestHandler {
  return async function optionalUser(request, response, next) {
    const admission = await admitAnyone(auth, entrantOf(request), options)
    if (pass(admission, request, response, 'optionalSession')) next()
  }
}

type Property = 'authSession' | 'optionalSession'

function pass(
  admission: Admission<UserSession | null>,
  request: Request,
  response: Response,
  property: Property,
): boolean {
  if ('answer' in admission) {
    send(request, response, admission.answer)
    return false
  }
  const { session: value } = admission
  Object.defineProperty(request, property, { value, configurable: true, enumerable: true })
  return true
}

function entrantOf(request: Request): Entrant {
  return {
    head: headOf(request),
    target: request.originalUrl,
    readToken: () => tokenIn(request.body, csrfField),
  }
}

/** A route that forgot its middleware fails for everybody, instead of taking anybody for a user. */
function refuseReading(request: Request, property: Property, middleware: string): void {
  Object.defineProperty(request, property, {
    get() {
      throw new Error(`req.${property} needs ${middleware}(auth) before this route`)
    },
    configurable: true,
  })
}
