import { useSyncExternalStore } from 'react'
import type { AuthState } from '../state.ts'
import type { Flow, FlowOf } from '../types.ts'
import { useClient } from './provider.ts'

const unknown: AuthState = { status: 'unknown' }

/** Where the user is with signing in. On a server that renders, nothing is known. */
export function useAuth(): AuthState {
  const client = useClient()
  return useSyncExternalStore(
    client.subscribe,
    () => client.state,
    () => unknown,
  )
}

/** The flow of this id, where it can be begun now or waits; else undefined. */
export function useFlow<Id extends Flow['id']>(id: Id): FlowOf<Id> | undefined {
  const state = useAuth()
  const flows = 'flows' in state ? state.flows : []
  return flows.find((flow): flow is FlowOf<Id> => flow.id === id)
}
