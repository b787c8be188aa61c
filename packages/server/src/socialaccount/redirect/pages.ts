import { Refusal } from '../../errors.ts'
import type { Server } from '../../exchange.ts'
import { readForm } from '../../http/form.ts'
import { queryOf } from '../../http/request-info.ts'
import type { Callbacks } from '../../http/serve.ts'
import { plainAnswer, type TransportAnswer, type TransportRequest } from '../../http/transport.ts'
import { type App, callbackPath } from '../../providers/app.ts'
import { serveCallback } from './callback.ts'

/** What a provider may send along, in the words of RFC 6749 §4.1.2, RFC 9207 and Sign in with Apple. */
const answerMembers = ['code', 'state', 'error', 'iss', 'user']

/** Where the providers of the settings send people back to. */
export function callbackPages(server: Server): Callbacks {
  return new Map(
    server.providers.apps.flatMap((app) => {
      const path = callbackPath(app, server.settings)
      const page = (request: TransportRequest) => answerCallback(server, app, request)
      // Some front ends, such as Next.js, lead every address to the one without the slash.
      return [path, path.slice(0, -1)].map((it) => [it, page] as const)
    }),
  )
}

async function answerCallback(
  server: Server,
  app: App,
  request: TransportRequest,
): Promise<TransportAnswer> {
  const takesPost = app.provider.responseMode === 'form_post'
  // Not HEAD, which looks only: what comes back works once.
  if (request.method === 'GET') {
    const callback = queryOf(request)
    return serveCallback(server, app.id, { request, callback }).catch(answerConflict)
  }
  if (request.method === 'POST' && takesPost) return repeatAsGet(server, app, request)
  const answered = plainAnswer(405, 'Providers send people back here.')
  return { ...answered, headers: [...answered.headers, ['allow', takesPost ? 'GET, POST' : 'GET']] }
}

/** The cookie of the session comes with a GET of our own alone: the form was posted by another site. */
async function repeatAsGet(
  { settings }: Server,
  app: App,
  request: TransportRequest,
): Promise<TransportAnswer> {
  const form = await readForm(request, settings.server.dataUploadMaxMemorySize)
  if ('problem' in form) return plainAnswer(400, form.problem)
  const fields = Object.entries(form.value ?? {})
  const query = new URLSearchParams(fields.filter(([name]) => answerMembers.includes(name)))
  const location = `${callbackPath(app, settings)}?${query}`
  const headers: TransportAnswer['headers'] = [
    ['location', location],
    ['cache-control', 'no-store'],
    ['referrer-policy', 'no-referrer'],
  ]
  return { status: 303, headers, body: '' }
}

/** Where so many come back at once to one session that this one never had its turn. */
function answerConflict(error: unknown): TransportAnswer {
  if (!(error instanceof Refusal)) throw error
  return plainAnswer(409, 'Too much is going on in this session. Try again.')
}
