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
    () => (client.state.status === 'unknown' ? known(initial, client.state) : client.state),
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

/** What a server knew is better than nothing, and than why nothing else is known. */
function known(initial: AuthState, unknown: AuthState): AuthState {
  return initial.status === 'unknown' ? unknown : initial
}
