import { useAuth } from '@latchkey/client/react'
import { Navigate, useLocation } from 'react-router'
import { Spinner } from '../../ui/spinner.tsx'

/** The pages of somebody who is signed in; whoever is not signs in first. */
export function Account() {
  const state = useAuth()
  const { pathname } = useLocation()
  if (state.status === 'unknown') return <Spinner />
  if (state.status !== 'signed-in' && state.status !== 'reauthentication') {
    const search = `?${new URLSearchParams({ next: pathname })}`
    return <Navigate to={{ pathname: '/login', search }} replace />
  }
  return null
}
