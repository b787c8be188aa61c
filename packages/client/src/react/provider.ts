import { createContext, createElement, type ReactNode, useContext, useEffect } from 'react'
import type { Client } from '../client.ts'

const ClientContext = createContext<Client | null>(null)

/** Gives a client to all below it, and asks once who is signed in. */
export function AuthProvider({ client, children }: { client: Client; children?: ReactNode }) {
  useEffect(() => {
    // Whoever shows the state `unknown` may offer to try again.
    client.getSession().catch(() => {})
  }, [client])
  return createElement(ClientContext.Provider, { value: client }, children)
}

/** The client of the nearest `AuthProvider`. @throws Error where there is none. */
export function useClient(): Client {
  const client = useContext(ClientContext)
  if (!client) throw new Error('useClient: expected an AuthProvider around this component')
  return client
}
