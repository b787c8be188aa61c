import type { Exchange } from '../exchange.ts'
import { type Answer, answer, describeTokens } from '../http/answers.ts'
import { text } from '../http/fields.ts'
import { requireInput } from '../http/input.ts'
import type { Route } from '../http/route.ts'
import { refreshContext } from '../sessions/tokens.ts'

export const tokensRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'tokens/refresh',
    audience: 'anyone',
    clients: ['app'],
    hasInput: true,
    handle: refresh,
  },
]

/** A refusal says nothing but its status: whoever has no good token is not told why. */
async function refresh(ctx: Exchange): Promise<Answer> {
  const input = requireInput(ctx, { refresh_token: text({ isRequired: true }) })
  const tokens = await ctx.server.tokens.refresh(input.refresh_token, refreshContext(ctx))
  return tokens ? answer(200, { data: describeTokens(tokens) }) : answer(400)
}
