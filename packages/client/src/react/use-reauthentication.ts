import { useCallback, useEffect, useRef, useState } from 'react'
import type { Flow } from '../types.ts'
import { useClient } from './provider.ts'

/** A call that waits for a new proof of who the user is. */
export interface Reauthenticating {
  /** The ways to give it; null while nothing waits. */
  flows: readonly Flow[] | null
  /** Gives the call up. */
  cancel(): void
}

/**
 * For the one component that asks for a new proof, in a dialog say: calls that need it wait. They go on as
 * soon as one of the flows has been passed.
 */
export function useReauthentication(): Reauthenticating {
  const client = useClient()
  const [flows, setFlows] = useState<readonly Flow[] | null>(null)
  const settle = useRef<(isProved: boolean) => void>(() => {})
  useEffect(() => {
    let proofs = ''
    let user: unknown
    client.onReauthentication((asked) => {
      proofs = JSON.stringify(asked.methods)
      user = asked.user.id
      setFlows(asked.flows)
      return new Promise((resolve) => {
        settle.current = resolve
      })
    })
    const unsubscribe = client.subscribe(() => {
      const { state } = client
      // A look at the session, which another tab may have brought about, is no proof.
      const isSame = 'user' in state && JSON.stringify(state.methods) === proofs
      if (state.status === 'unknown' || isSame) return
      settle.current(state.status === 'signed-in' && state.user.id === user)
      setFlows(null)
    })
    return () => {
      unsubscribe()
      client.onReauthentication(null)
      settle.current(false)
    }
  }, [client])
  const cancel = useCallback(() => {
    settle.current(false)
    setFlows(null)
    // So that the state tells again who is signed in.
    client.getSession().catch(() => {})
  }, [client])
  return { flows, cancel }
}
