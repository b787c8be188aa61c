import type { LatchkeyError } from '@latchkey/client'
import { useCallback, useEffect, useState } from 'react'
import { client } from '../../lib/client.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { Unreachable } from '../../ui/unreachable.tsx'

const patienceMs = 3000

/** While it is not known who is signed in: asks once more after a while, and then says what is wrong. */
export function Waiting() {
  const [failure, setFailure] = useState<LatchkeyError | null>(null)
  const ask = useCallback(() => {
    setFailure(null)
    // Every call fails with an error of this kind.
    client.getSession().catch((error: LatchkeyError) => setFailure(error))
  }, [])
  useEffect(() => {
    const timer = setTimeout(ask, patienceMs)
    return () => clearTimeout(timer)
  }, [ask])
  return failure ? <Unreachable failure={failure} onRetry={ask} /> : <Spinner />
}
