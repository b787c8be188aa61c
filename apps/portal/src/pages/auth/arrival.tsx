import { useLocation } from 'react-router'
import { type MessageName, useSay } from '../../lib/language.tsx'
import { Notice } from '../../ui/notice.tsx'

/** What the page before wanted to be said on this one. */
export function Arrival() {
  const say = useSay()
  // What `Ended` and the links of these pages leave there.
  const { state } = useLocation() as { state: { notice?: MessageName } | null }
  return state?.notice ? <Notice kind="info">{say(state.notice)}</Notice> : null
}
