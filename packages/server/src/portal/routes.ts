import { answer } from '../http/answers.ts'
import type { Route } from '../http/route.ts'
import { describePortal } from './describe.ts'

/** Whatever the pages are, those of the portal or of one's own, they need to know the same. */
export const portalRoutes: readonly Route[] = [
  {
    root: '_latchkey',
    method: 'GET',
    path: 'portal',
    audience: 'anyone',
    handle: async ({ server }) => answer(200, { data: describePortal(server) }),
  },
]
