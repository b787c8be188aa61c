import { signedInUser } from '../../authentication/signed-in.ts'
import { answer } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import { commit } from '../../sessions/commit.ts'
import { setLanguage } from '../../users/language.ts'
import { describeAccount } from '../describe-account.ts'
import { readAccountChange } from './input.ts'

export const accountOverviewRoutes: readonly Route[] = [
  {
    root: '_latchkey',
    method: 'GET',
    path: 'account',
    audience: 'user',
    handle: async (ctx) => answer(200, { data: await describeAccount(ctx) }),
  },
  {
    root: '_latchkey',
    method: 'PATCH',
    path: 'account',
    audience: 'user',
    hasInput: true,
    async handle(ctx) {
      const { language } = readAccountChange(ctx)
      const { id } = signedInUser(ctx)
      ctx.pending.writes.push((tx) => setLanguage(tx, id, language))
      await commit(ctx)
      return answer(200, { data: await describeAccount(ctx) })
    },
  },
]
