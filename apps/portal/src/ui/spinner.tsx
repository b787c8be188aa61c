import { useSay } from '../lib/language.tsx'

/** Shown while something is on its way; not at once, for that would flicker. */
export function Spinner() {
  const say = useSay()
  return (
    <div className="spinner" role="status">
      <span className="hidden">{say('common.loading')}</span>
    </div>
  )
}
