import type { Exchange, SessionUser } from '../exchange.ts'

/** The user who is signed in, for routes whose audience is users. @throws Error where there is none. */
export function signedInUser({ session }: Exchange): SessionUser {
  if (!session.user) throw new Error('nobody is signed in')
  return session.user
}
