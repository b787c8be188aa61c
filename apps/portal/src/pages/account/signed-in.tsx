import type { AuthState } from '@latchkey/client'
import { createContext, useContext } from 'react'
import { client } from '../../lib/client.ts'
import type { MessageName } from '../../lib/language.tsx'

type SignedInState = Extract<AuthState, { status: 'signed-in' }>

/** Where somebody is led who is no longer signed in, and what is said there. */
export interface Departure {
  path: string
  notice?: MessageName
}

/** Who is signed in. */
export interface SignedIn extends Pick<SignedInState, 'user' | 'methods'> {
  /** Says where to go as soon as nobody is signed in any more; null: to the login, and back here. */
  leave(departure: Departure | null): void
}

const SignedInContext = createContext<SignedIn | null>(null)

export const SignedInProvider = SignedInContext.Provider

/** Who is signed in, on the pages that nobody else sees. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext)
  if (!signedIn) throw new Error('useSignedIn: expected a page of somebody who is signed in')
  return signedIn
}

/** Makes a call that may end the session, and says where that leads. */
export async function leaveBy<Out>(
  { leave }: SignedIn,
  departure: Departure,
  call: () => Promise<Out>,
): Promise<Out> {
  leave(departure)
  try {
    return await call()
  } finally {
    if ('user' in client.state) leave(null)
  }
}

/** The same for a call whose departure says that it was done: by a session that had ended already, nothing is. */
export async function leaveDone<Out>(
  signedIn: SignedIn,
  departure: Departure,
  call: () => Promise<Out>,
) {
  const session = await client.getSession()
  return session.status === 200 ? leaveBy(signedIn, departure, call) : session
}
