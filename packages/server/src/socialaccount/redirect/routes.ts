import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import { memberOf } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { isProviderFailure } from '../failure.ts'
import { isProvidersOn } from '../is-on.ts'
import { beginRedirect, type Wanted } from './begin.ts'
import { isSafeCallback, withError } from './callback-url.ts'
import { errorPage } from './error-page.ts'
import { isProcess } from './process.ts'

export const providerRedirectRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/provider/redirect',
    audience: 'anyone',
    clients: ['browser'],
    limit: 'provider_redirect',
    takesForm: true,
    isOn: isProvidersOn,
    handle: async (ctx) => seeOther(await leadingTo(ctx)),
  },
]

async function leadingTo(ctx: Exchange): Promise<string> {
  const wanted = readForm(ctx)
  // A page to come back to is not known, or not to be trusted: so the reason is not told there.
  if (!wanted) {
    const page = errorPage(ctx)
    if (page === undefined) throw new Refusal('invalid', 'callback_url')
    return page
  }
  try {
    return await beginRedirect(ctx, wanted)
  } catch (error) {
    if (!isProviderFailure(ctx, error, wanted.app.id)) throw error
    return withError(wanted.callbackUrl, 'unknown', wanted.process)
  }
}

/** What the form asks for; null where something is missing, unknown or unsafe. */
function readForm(ctx: Exchange): Wanted | null {
  const { server, request } = ctx
  const field = (name: string) => {
    const value = memberOf(request.body, name)
    return typeof value === 'string' ? value : ''
  }
  const app = server.providers.findForRedirect(field('provider').trim())
  const process = field('process')
  const callbackUrl = field('callback_url').trim()
  if (!app || !isProcess(ctx, process)) return null
  if (!isSafeCallback(callbackUrl, request, server.settings.server)) return null
  return { app, process, callbackUrl }
}

function seeOther(location: string): Answer {
  return answer(302, { headers: { location } })
}
