import { useEffect, useRef, useState } from 'react'
import { NavLink, Outlet, useLocation } from 'react-router'
import { useSay } from '../../lib/language.tsx'
import { Footer } from '../../ui/footer.tsx'
import { usePlaces } from './navigation.tsx'
import { ProofOutcome } from './proof-outcome.tsx'
import { SignOut } from './sign-out.tsx'
import { focusHeading, Told } from './told.tsx'
import { Icon } from './ui/icon.tsx'
import { Site } from './ui/site.tsx'

/** Around the pages: where one is, what else there is, and the way out. */
export function AccountLayout() {
  const say = useSay()
  const { pathname } = useLocation()
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    focusHeading()
    scrollTo(0, 0)
  }, [pathname])
  return (
    <div className="account">
      <button type="button" className="account-skip button" onClick={focusHeading}>
        {say('account.skip')}
      </button>
      <header className="account-head">
        <Site />
        <SignOut />
      </header>
      <div className="account-middle">
        <Navigation key={pathname} />
        <div className="account-page">
          <Told>
            <ProofOutcome />
            <Outlet />
          </Told>
        </div>
      </div>
      <Footer hasLanguages={false} />
    </div>
  )
}

/** All pages; on small screens behind a button that names the one that is shown. */
function Navigation() {
  const say = useSay()
  const places = usePlaces()
  const { pathname } = useLocation()
  const [isOpen, setOpen] = useState(false)
  const current = places.find(({ path }) => path === pathname)
  return (
    <nav className="account-nav" aria-label={say('account.navigation')}>
      <button
        type="button"
        className="button account-nav-button"
        aria-expanded={isOpen}
        aria-controls="account-places"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={isOpen ? 'close' : 'menu'} />
        {current ? say(current.name) : say('account.navigation')}
      </button>
      <ul id="account-places" data-open={isOpen || undefined}>
        {places.map(({ path, icon, name }) => (
          <li key={path}>
            <NavLink to={path} end>
              <Icon name={icon} />
              {say(name)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
