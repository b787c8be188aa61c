import type { LatchkeyError } from '@latchkey/client'
import { useCallback, useEffect, useState } from 'react'

type Loaded<Answer> = { answer?: Answer; failure?: LatchkeyError }

/** What the server says about the key of a link. Asking uses nothing up. */
export function useKey<Answer>(ask: (key: string) => Promise<Answer>, key: string) {
  const [loaded, setLoaded] = useState<Loaded<Answer>>({})
  const load = useCallback(async () => {
    setLoaded({})
    try {
      setLoaded({ answer: await ask(key) })
    } catch (error) {
      // Every call fails with an error of this kind.
      setLoaded({ failure: error as LatchkeyError })
    }
  }, [ask, key])
  useEffect(() => void load(), [load])
  return { ...loaded, load }
}
