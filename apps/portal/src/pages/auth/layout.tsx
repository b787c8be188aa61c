import { useAuth } from '@latchkey/client/react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { nextIn, pathFor, withNext } from '../../lib/flows.ts'
import { Brand } from '../../ui/brand.tsx'
import { Footer } from '../../ui/footer.tsx'
import { GoOn } from './go-on.tsx'
import { Waiting } from './waiting.tsx'

/** Around every page of somebody who is not signed in: leads to the step that waits, or on where all is done. */
export function AuthLayout() {
  const { pathname, search } = useLocation()
  return (
    <div className="auth">
      <div className="auth-middle">
        <Brand />
        <AuthPage pathname={pathname} search={search} />
      </div>
      <Footer />
    </div>
  )
}

function AuthPage({ pathname, search }: { pathname: string; search: string }) {
  const state = useAuth()
  if (state.status === 'unknown') return <Waiting failure={state.failure} />
  const path = pathFor(state, nextIn(search))
  if (path === null || path === pathname || isReachable(pathname)) return <Outlet />
  if (state.status === 'pending') return <Navigate to={withNext(path, search)} replace />
  return <GoOn next={nextIn(search)} />
}

/** Pages that links lead to, whoever is signed in meanwhile. */
function isReachable(pathname: string): boolean {
  return /^\/(verify-email\/.|password\/reset\/(?!code$).|login\/error$)/.test(pathname)
}
