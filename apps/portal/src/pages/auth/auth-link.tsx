import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { withNext } from '../../lib/flows.ts'

interface AuthLinkProps {
  to: string
  /** Looks like a button where it is one of several ways. */
  look?: 'plain' | 'primary'
  children: ReactNode
}

/** A link to another of these pages, which keeps where to go on to afterwards. */
export function AuthLink({ to, look, children }: AuthLinkProps) {
  const { search } = useLocation()
  return (
    <Link to={withNext(to, search)} className={look && `button button-${look}`}>
      {children}
    </Link>
  )
}
