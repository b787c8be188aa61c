import type { Auth, AuthApi } from '../auth.ts'
import type { CsrfError } from '../guard/csrf-error.ts'
import type { UserSession } from '../guard/user-session.ts'
import { csrfField, isForm } from '../http/csrf-field.ts'

/** What of Next.js is needed, so that nothing here loads it. */
export interface NextParts {
  /** Of `next/headers`. */
  headers: () => Promise<Pick<Headers, 'get'>>
  /** Of `next/navigation`. */
  redirect: (url: string) => never
  /** The path of the page to sign in at. */
  signInPage: string
}

type Handler = (request: Request) => Promise<Response>

/** Accounts for pages, route handlers and server actions of Next.js. */
export interface NextAuth {
  /** The instance, opened when it is first needed: a build opens none. */
  auth(): Promise<Auth>
  /** What `app/%5Fallauth/[...path]/route.ts` exports: the API. */
  handlers: Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', Handler>
  /** Who looks at a page; null where nobody is signed in. For what changes nothing. */
  getSession(): Promise<UserSession | null>
  /** The same, for pages that need a user: everybody else is sent to sign in. */
  requireUser(): Promise<UserSession>
  /**
   * Who sent the form of a server action; whoever is not signed in is sent to sign in. The form
   * carries `csrfToken()` in a hidden field `csrfmiddlewaretoken`.
   * @throws CsrfError where the form may be forged.
   */
  requireUserForAction(form: FormData): Promise<UserSession>
  /**
   * A route handler for users: everybody else is answered with 401, and with 403 what may be forged.
   * Its `request` may come by cookie, `X-Session-Token` or access token.
   */
  withUser<Context>(
    handler: (request: Request, session: UserSession, context: Context) => Promise<Response>,
  ): (request: Request, context: Context) => Promise<Response>
  /**
   * The token for forms. Empty where the browser has none yet; whoever is signed in has one, for it
   * comes with every answer of the API.
   */
  csrfToken(): Promise<string>
  /** Closes the instance, if it was opened. */
  close(): Promise<void>
}

/**
 * Prepares accounts for a Next.js server. There is one instance in a process, the first that is opened.
 * @throws whatever `open` throws, at the first use.
 */
export function nextAuth(open: () => Promise<Auth>, parts: NextParts): NextAuth {
  const { headers, redirect, signInPage } = parts
  const auth = () => openOnce(open)
  const handle: Handler = async (request) => (await auth()).fetch(request)
  const toSignIn = () => redirect(signInPage)

  return {
    auth,
    handlers: {
      GET: handle,
      POST: handle,
      PUT: handle,
      PATCH: handle,
      DELETE: handle,
      OPTIONS: handle,
    },
    async getSession() {
      // The headers come first: reading them tells Next.js that a page is not the same for everybody.
      const request = { method: 'GET', headers: await headers() }
      return (await auth()).api.getSession(request)
    },
    async requireUser() {
      return (await this.getSession()) ?? toSignIn()
    },
    async requireUserForAction(form) {
      const request = { method: 'POST', headers: await headers() }
      const csrfToken = form.get(csrfField)
      return (await (await auth()).api.getSession(request, { csrfToken })) ?? toSignIn()
    },
    withUser(handler) {
      return async (request, context) => {
        const { api } = await auth()
        try {
          const session = await checkSession(api, request)
          if (!session) return await api.unauthorized(request)
          return await handler(request, session, context)
        } catch (error) {
          if (isCsrfError(error)) return error.getResponse()
          throw error
        }
      }
    },
    async csrfToken() {
      const request = { method: 'GET', headers: await headers() }
      const { token, setCookie } = (await auth()).api.csrfToken(request)
      return setCookie === null ? token : ''
    },
    async close() {
      const opened = shared[key]
      shared[key] = undefined
      await (await opened)?.close()
    },
  }
}

const key = Symbol.for('latchkey/next')

// Next.js loads a module once for each kind of route, and anew when it has changed. The global object
// is the one thing that they share, and nobody else uses this key of it.
const shared = globalThis as { [key]?: Promise<Auth> | undefined }

function openOnce(open: () => Promise<Auth>): Promise<Auth> {
  shared[key] ??= open().catch((error: unknown) => {
    // The next request tries again.
    shared[key] = undefined
    throw error
  })
  return shared[key]
}

/** Who sent a request. A form is read only where its token decides. */
function checkSession(api: AuthApi, request: Request): Promise<UserSession | null> {
  return api.getSession(request, { csrfToken: () => tokenInForm(request) })
}

/** From a copy, so that the handler can read the form once more. What is no form has no token. */
async function tokenInForm(request: Request): Promise<unknown> {
  if (!isForm(request.headers.get('content-type'))) return undefined
  const form = await request
    .clone()
    .formData()
    .catch(() => null)
  return form?.get(csrfField)
}

// By its code: each of the modules that Next.js makes of one file has a class of its own.
function isCsrfError(error: unknown): error is CsrfError {
  return error instanceof Error && 'code' in error && error.code === 'csrf_failed'
}
