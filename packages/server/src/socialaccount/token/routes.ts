import { type Problem, Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { isObject } from '../../http/body.ts'
import { text } from '../../http/fields.ts'
import { memberOf, readInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { type App, takesTokens } from '../../providers/app.ts'
import { connectByProvider } from '../connect.ts'
import { isProviderFailure } from '../failure.ts'
import { isProvidersOn } from '../is-on.ts'
import { logInByProvider } from '../log-in.ts'
import { isIdTokenSpent, spendIdToken } from '../store.ts'
import { identityOf } from '../tokens.ts'

export const providerTokenRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/provider/token',
    audience: 'anyone',
    limit: 'provider_token',
    hasInput: true,
    isOn: isProvidersOn,
    async handle(ctx) {
      await useToken(ctx)
      return undefined
    },
  },
]

async function useToken(ctx: Exchange): Promise<void> {
  const { app, process, idToken, accessToken } = readToken(ctx)
  const protocol = await ctx.server.providers.protocol()
  const vouched = await protocol.vouchForToken(app, { idToken, accessToken }).catch((error) => {
    // What a client hands over may be anything, and is told so.
    if (isProviderFailure(ctx, error, app.id)) throw new Refusal('invalid_token', 'token')
    throw error
  })
  const { once } = vouched
  if (once) {
    // Before it can change anything; of many at once, one is written all the same.
    const isSpent = await isIdTokenSpent(ctx.server.db, once.id)
    if (isSpent) throw new Refusal('invalid_token', 'token')
    ctx.pending.writes.push(async (tx) => {
      if (!(await spendIdToken(tx, once))) throw new Refusal('invalid_token', 'token')
    })
  }
  const identity = identityOf(ctx.server, app, vouched)
  if (process === 'connect') return connectByProvider(ctx, identity)
  await logInByProvider(ctx, identity)
}

interface HandedOver {
  app: App
  process: string
  idToken: string | undefined
  accessToken: string | undefined
}

/** @throws Refusal with everything that is wrong with the fields. */
function readToken(ctx: Exchange): HandedOver {
  const { values, problems } = readInput(ctx, {
    provider: text({ isRequired: true }),
    process: text({ isRequired: true }),
  })
  const { provider, process } = values
  if (process !== '' && process !== 'login' && process !== 'connect') {
    problems.push({ code: 'invalid_choice', param: 'process' })
  }
  const token = memberOf(ctx.request.body, 'token')
  const isMissing = token === undefined || token === null || isEmpty(token)
  if (isMissing) problems.push({ code: 'required', param: 'token' })
  if (!isObject(token)) problems.push({ code: 'invalid_token', param: 'token' })
  else if (!isMissing && provider !== '') problems.push(...tokenProblems(ctx, provider, token))
  const app = ctx.server.providers.find(provider, textIn(token, 'client_id') ?? '')
  if (problems.length > 0 || !app) throw Refusal.all(problems)
  return {
    app,
    process,
    idToken: textIn(token, 'id_token'),
    accessToken: textIn(token, 'access_token'),
  }
}

function tokenProblems(ctx: Exchange, provider: string, token: object): Problem[] {
  const param = 'token'
  const clientId = textIn(token, 'client_id')
  if (clientId === undefined) return [{ code: 'client_id_required', param }]
  const app = ctx.server.providers.find(provider, clientId)
  if (!app) return [{ code: 'invalid_token', param }]
  if (!takesTokens(app.provider)) {
    return [{ code: 'token_authentication_not_supported', param: 'provider' }]
  }
  const given = [memberOf(token, 'id_token'), memberOf(token, 'access_token')].filter(isGiven)
  const isTexts = given.every((it) => typeof it === 'string')
  return given.length > 0 && isTexts ? [] : [{ code: 'token_required', param }]
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
}

function textIn(value: unknown, member: string): string | undefined {
  const found = memberOf(value, member)
  return typeof found === 'string' && found !== '' ? found : undefined
}
