import { useEffect } from 'react'
import { Navigate } from 'react-router'
import { useConfiguration } from '../../lib/configuration.tsx'
import { Spinner } from '../../ui/spinner.tsx'

/** Where somebody who is signed in goes: what they came for, else where the site wants them. */
export function GoOn({ next }: { next: string | null }) {
  const { after_login_url: elsewhere } = useConfiguration().portal
  const leaves = next === null && elsewhere !== undefined
  useEffect(() => {
    if (leaves) location.replace(elsewhere)
  }, [leaves, elsewhere])
  return leaves ? <Spinner /> : <Navigate to={next ?? '/account'} replace />
}
