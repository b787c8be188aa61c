import type { InputError, LatchkeyError } from '@latchkey/client'
import { useSay } from '../../lib/language.tsx'
import { sayError, sayFailure } from '../../lib/say-error.ts'
import { Notice } from '../../ui/notice.tsx'

interface ProblemsProps {
  state: { errors: readonly InputError[]; failure: LatchkeyError | null }
}

/** What came of a button that stands alone, where it was nothing good. */
export function Problems({ state: { errors, failure } }: ProblemsProps) {
  const say = useSay()
  if (failure) return <Notice kind="error">{sayFailure(say, failure)}</Notice>
  if (errors.length === 0) return null
  return (
    <Notice kind="error">
      {errors.map((error) => (
        <p key={`${error.param} ${error.code}`}>{sayError(say, error)}</p>
      ))}
    </Notice>
  )
}
