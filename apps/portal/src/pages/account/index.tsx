import { useAuth } from '@latchkey/client/react'
import { type ReactElement, useState } from 'react'
import { Navigate, Route, Routes, useLocation } from 'react-router'
import { NotFound } from '../not-found.tsx'
import './account.css'
import { Authenticators } from './authenticators/page.tsx'
import { Connections } from './connections.tsx'
import { Data } from './data.tsx'
import { Deleted } from './deleted.tsx'
import { Emails } from './emails/page.tsx'
import { useChosenLanguage } from './language-choice.tsx'
import { AccountLayout } from './layout.tsx'
import { usePlaces } from './navigation.tsx'
import { Overview } from './overview.tsx'
import { Passkeys } from './passkeys/page.tsx'
import { Password } from './password.tsx'
import { Phone } from './phone.tsx'
import { Reauthentication } from './reauthentication.tsx'
import { Sessions } from './sessions.tsx'
import { type Departure, SignedInProvider } from './signed-in.tsx'
import { Unknown } from './unknown.tsx'

/** The pages of somebody who is signed in; whoever is not signs in first. */
export function Account() {
  const state = useAuth()
  const { pathname, search } = useLocation()
  const [departure, leave] = useState<Departure | null>(null)
  if (state.status === 'unknown') return <Unknown />
  if (state.status !== 'signed-in' && state.status !== 'reauthentication') {
    if (pathname === '/account/deleted') return <Deleted />
    const back = `/login?${new URLSearchParams({ next: pathname + search })}`
    const { path, notice } = departure ?? { path: back }
    return <Navigate to={path} state={{ notice }} replace />
  }
  const { user, methods } = state
  return (
    <SignedInProvider value={{ user, methods, leave }}>
      <Reauthentication>
        <AccountPages />
      </Reauthentication>
    </SignedInProvider>
  )
}

/** Those that the server may have nothing to show on, by what their paths end in. */
const pages: Readonly<Record<string, ReactElement>> = {
  emails: <Emails />,
  phone: <Phone />,
  password: <Password />,
  authenticators: <Authenticators />,
  passkeys: <Passkeys />,
  connections: <Connections />,
  sessions: <Sessions />,
  data: <Data />,
}

function AccountPages() {
  useChosenLanguage()
  const paths = usePlaces().map(({ path }) => path)
  const offered = Object.entries(pages).filter(([path]) => paths.includes(`/account/${path}`))
  return (
    <Routes>
      <Route element={<AccountLayout />}>
        <Route index element={<Overview />} />
        {offered.map(([path, page]) => (
          <Route key={path} path={path} element={page} />
        ))}
        <Route path="deleted" element={<Navigate to="/account" replace />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  )
}
