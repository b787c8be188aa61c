import { answer } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import { describeAccount } from '../describe-account.ts'

export const accountOverviewRoutes: readonly Route[] = [
  {
    root: '_latchkey',
    method: 'GET',
    path: 'account',
    audience: 'user',
    handle: async (ctx) => answer(200, { data: await describeAccount(ctx) }),
  },
]
