import { LatchkeyError } from '@latchkey/client'
import { useCallback, useEffect, useState } from 'react'
import { client } from '../../lib/client.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { Unreachable } from '../../ui/unreachable.tsx'

/** Shown until the server has said who is signed in. */
export function Unknown() {
  const [failure, setFailure] = useState<LatchkeyError | null>(null)
  const ask = useCallback(async () => {
    setFailure(null)
    try {
      await client.getSession()
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error
      setFailure(error)
    }
  }, [])
  useEffect(() => void ask(), [ask])
  return failure ? <Unreachable failure={failure} onRetry={ask} /> : <Spinner />
}
