import { createContext, createElement, type ReactNode, useContext, useEffect, useMemo } from 'react'
import type { Client } from '../client.ts'
import type { AuthState } from '../state.ts'

/** What is given to all below a provider. */
interface Provided {
  client: Client
  initial: AuthState
}

const nothingKnown: AuthState = { status: 'unknown' }
const ProvidedContext = createContext<Provided | null>(null)

/** What an `AuthProvider` is given. */
export interface AuthProviderProps {
  client: Client
  /** What the server that renders the page knows, shown until the client knows more. */
  initial?: AuthState
  children?: ReactNode
}

/** Gives a client to all below it, and asks once who is signed in. */
export function AuthProvider({ client, initial = nothingKnown, children }: AuthProviderProps) {
  useEffect(() => {
    // Why there is no answer, the state tells.
    client.getSession().catch(() => {})
  }, [client])
  const value = useMemo(() => ({ client, initial }), [client, initial])
  return createElement(ProvidedContext.Provider, { value }, children)
}

/** The client of the nearest `AuthProvider`. @throws Error where there is none. */
export function useClient(): Client {
  return useProvided().client
}

export function useProvided(): Provided {
  const provided = useContext(ProvidedContext)
  if (!provided) throw new Error('expected an AuthProvider around this component')
  return provided
}
