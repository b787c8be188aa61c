'use client'

import { useCall, useClient } from '@latchkey/client/react'

export function SignOut() {
  const client = useClient()
  const { call, isPending } = useCall(client.logOut)

  async function signOut() {
    if (await call()) window.location.assign('/')
  }
  return (
    <button type="button" onClick={signOut} disabled={isPending}>
      Sign out
    </button>
  )
}
