import type { LatchkeyError } from '@latchkey/client'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { Spinner } from '../ui/spinner.tsx'
import { Unreachable } from '../ui/unreachable.tsx'
import { client } from './client.ts'
import { useLanguage } from './language.tsx'
import { getPortal, type Portal } from './portal.ts'

type Configuration = Awaited<ReturnType<typeof client.getConfiguration>>['data']

/** What the server offers, and how it wants the pages to be. */
export interface Offered extends Configuration {
  portal: Portal
}

const OfferedContext = createContext<Offered | null>(null)

/** Asks the server what it offers before anything is shown. */
export function ConfigurationProvider({ children }: { children: ReactNode }) {
  const [offered, setOffered] = useState<Offered>()
  const [failure, setFailure] = useState<LatchkeyError>()
  const { offerLanguages } = useLanguage()
  const load = useCallback(async () => {
    setFailure(undefined)
    try {
      const [{ data }, portal] = await Promise.all([
        client.getConfiguration(),
        getPortal(),
        // What could not be told before, may be now.
        client.state.status === 'unknown' && client.state.failure && client.getSession(),
      ])
      document.title = portal.name
      offerLanguages(portal.languages)
      setOffered({ ...data, portal })
    } catch (error) {
      // Every call fails with an error of this kind.
      setFailure(error as LatchkeyError)
    }
  }, [offerLanguages])
  useEffect(() => void load(), [load])
  if (failure) return <Unreachable failure={failure} onRetry={load} />
  if (!offered) return <Spinner />
  return <OfferedContext.Provider value={offered}>{children}</OfferedContext.Provider>
}

/** What the server offers. */
export function useConfiguration(): Offered {
  const offered = useContext(OfferedContext)
  if (!offered) throw new Error('useConfiguration: expected a ConfigurationProvider')
  return offered
}
