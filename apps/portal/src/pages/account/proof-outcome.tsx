import { useSearchParams } from 'react-router'
import { useSay } from '../../lib/language.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Says that somebody came back from a provider without a proof of who they are. */
export function ProofOutcome() {
  const say = useSay()
  const [query] = useSearchParams()
  if (query.get('error_process') !== 'reauthenticate') return null
  return <Notice kind="error">{say('account.proofFailed')}</Notice>
}
