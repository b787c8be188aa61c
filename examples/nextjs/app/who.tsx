'use client'

import { useAuth } from '@latchkey/client/react'

/** Says who is signed in, in what the server renders and ever after, whatever other tabs do. */
export function Who() {
  const state = useAuth()
  const name = 'user' in state ? state.user.display : 'nobody'
  return <header>Signed in: {name}</header>
}
