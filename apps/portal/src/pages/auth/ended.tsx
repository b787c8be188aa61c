import { Navigate, useLocation } from 'react-router'
import { withNext } from '../../lib/flows.ts'
import type { MessageName } from '../../lib/language.tsx'

/** Back to the login, from a step that nothing waits for. */
export function Ended({ notice, to = '/login' }: { notice?: MessageName; to?: string }) {
  const { search } = useLocation()
  return <Navigate to={withNext(to, search)} state={{ notice }} replace />
}
