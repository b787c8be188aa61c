import { useAuth } from '@latchkey/client/react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { nextIn, pathFor } from '../../lib/flows.ts'
import { Brand } from '../../ui/brand.tsx'
import { Footer } from '../../ui/footer.tsx'
import { Spinner } from '../../ui/spinner.tsx'

/** Around every page of somebody who is not signed in: leads to the step that waits, or on where all is done. */
export function AuthLayout() {
  const state = useAuth()
  const { pathname, search } = useLocation()
  const path = pathFor(state, nextIn(search))
  const isElsewhere = path !== null && path !== pathname
  return (
    <div className="auth">
      <div className="auth-middle">
        <Brand />
        {state.status === 'unknown' ? (
          <Spinner />
        ) : isElsewhere && !isReachable(pathname) ? (
          <Navigate to={{ pathname: path, search }} replace />
        ) : (
          <Outlet />
        )}
      </div>
      <Footer />
    </div>
  )
}

/** Pages that links in mails lead to, whoever is signed in meanwhile. */
function isReachable(pathname: string): boolean {
  return /^\/(verify-email|password\/reset)\/./.test(pathname)
}
