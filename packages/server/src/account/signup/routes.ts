import type { Route } from '../../http/route.ts'
import { signUp } from './flow.ts'
import { readSignup } from './input.ts'

export const signupRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/signup',
    audience: 'anyone',
    limit: 'signup',
    hasInput: true,
    isOn: ({ socialaccount }) => !socialaccount.only,
    async handle(ctx) {
      await signUp(ctx, await readSignup(ctx))
      return undefined
    },
  },
]
