import { useSyncExternalStore } from 'react'
import type { AuthState } from '../state.ts'
import type { Flow, FlowOf } from '../types.ts'
import { useProvided } from './provider.ts'

/** Where the user is with signing in. While a server renders the page, what the provider was given. */
export function useAuth(): AuthState {
  const { client, initial } = useProvided()
  const { subscribe } = client
  return useSyncExternalStore(
    subscribe,
    () => (isUnasked(client.state) ? initial : client.state),
    () => initial,
  )
}

/** The flow of this id, where it can be begun now or waits; else undefined. */
export function useFlow<Id extends Flow['id']>(id: Id): FlowOf<Id> | undefined {
  const state = useAuth()
  const flows = 'flows' in state ? state.flows : []
  // There is one flow of each id, and its type goes by the id.
  return flows.find((flow) => flow.id === id) as FlowOf<Id> | undefined
}

function isUnasked(state: AuthState): boolean {
  return state.status === 'unknown' && state.failure === undefined
}
