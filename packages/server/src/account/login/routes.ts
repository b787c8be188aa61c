import type { Route } from '../../http/route.ts'
import { loginWithPassword } from './flow.ts'
import { readLogin } from './input.ts'

export const loginRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/login',
    audience: 'anyone',
    limit: 'login',
    hasInput: true,
    isOn: ({ socialaccount }) => !socialaccount.only,
    async handle(ctx) {
      await loginWithPassword(ctx, readLogin(ctx))
      return undefined
    },
  },
]
