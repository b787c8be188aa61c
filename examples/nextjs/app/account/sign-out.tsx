'use client'

import { call } from '../../lib/call.ts'

export function SignOut() {
  async function signOut() {
    await call('DELETE', 'auth/session')
    window.location.assign('/')
  }
  return (
    <button type="button" onClick={signOut}>
      Sign out
    </button>
  )
}
