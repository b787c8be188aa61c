import type { LatchkeyError } from '@latchkey/client'
import { client } from '../../lib/client.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { Unreachable } from '../../ui/unreachable.tsx'

/** While it is not known who is signed in, and where it can not be. */
export function Waiting({ failure }: { failure: LatchkeyError | undefined }) {
  if (!failure) return <Spinner />
  return <Unreachable failure={failure} onRetry={() => client.getSession().catch(() => {})} />
}
