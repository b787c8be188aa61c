import { useSay } from '../../../lib/language.tsx'
import { sayError, sayFailure } from '../../../lib/say-error.ts'
import { Notice } from '../../../ui/notice.tsx'
import type { Change } from '../use-change.ts'

/** Why a change that has no form was not made. */
export function Wrong({ of: { errors, failure } }: { of: Pick<Change<[]>, 'errors' | 'failure'> }) {
  const say = useSay()
  const texts = errors.map((error) => sayError(say, error))
  if (failure) texts.push(sayFailure(say, failure))
  return texts.length === 0 ? null : <Notice kind="error">{texts.join(' ')}</Notice>
}
