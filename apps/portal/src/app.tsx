import { lazy, Suspense } from 'react'
import { Navigate, Route, Routes } from 'react-router'
import { AuthLayout } from './pages/auth/layout.tsx'
import { authPages } from './pages/auth/pages.tsx'
import { NotFound } from './pages/not-found.tsx'
import { Spinner } from './ui/spinner.tsx'

/** Whoever signs in does not wait for the pages that come after. */
const Account = lazy(async () => ({ default: (await import('./pages/account/index.tsx')).Account }))

/** Every page, by its path. */
export function App() {
  return (
    <Suspense fallback={<Spinner />}>
      <Routes>
        <Route index element={<Navigate to="/account" replace />} />
        <Route element={<AuthLayout />}>
          {authPages.map(({ path, element }) => (
            <Route key={path} path={path} element={element} />
          ))}
        </Route>
        <Route path="account/*" element={<Account />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Suspense>
  )
}
