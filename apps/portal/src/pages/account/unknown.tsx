import { useAuth } from '@latchkey/client/react'
import { client } from '../../lib/client.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { Unreachable } from '../../ui/unreachable.tsx'

/** Shown until the server has said who is signed in, or why it can not. */
export function Unknown() {
  const state = useAuth()
  const failure = state.status === 'unknown' ? state.failure : undefined
  if (!failure) return <Spinner />
  // Why there is no answer, the state tells.
  return <Unreachable failure={failure} onRetry={() => client.getSession().catch(() => {})} />
}
