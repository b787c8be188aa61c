'use client'

import { type AuthState, createClient } from '@latchkey/client'
import { AuthProvider } from '@latchkey/client/react'
import type { ReactNode } from 'react'

// Next.js loads this on the server too, for everybody at once. Nothing is asked there, so it knows nobody.
const client = createClient({ kind: 'browser' })

/** Gives the client to all pages; until it has asked, they show what the server knew. */
export function Providers({ initial, children }: { initial: AuthState; children: ReactNode }) {
  return (
    <AuthProvider client={client} initial={initial}>
      {children}
    </AuthProvider>
  )
}
