import { emit } from '../../events/emit.ts'
import type { Route } from '../../http/route.ts'

export const sessionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'auth/session',
    audience: 'anyone',
    handle: async () => undefined,
  },
  {
    method: 'DELETE',
    path: 'auth/session',
    audience: 'anyone',
    async handle(ctx) {
      const { session } = ctx
      if (session.user) emit(ctx, { type: 'logged_out', userId: session.user.id })
      if (session.id !== null) session.change = 'end'
      return undefined
    },
  },
]
