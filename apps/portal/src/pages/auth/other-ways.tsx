import { Children, type ReactNode } from 'react'
import { useSay } from '../../lib/language.tsx'

/** What else there is than the form above; nothing where there is nothing. */
export function OtherWays({ isAlone, children }: { isAlone: boolean; children: ReactNode }) {
  const say = useSay()
  const ways = Children.toArray(children)
  if (ways.length === 0) return null
  return (
    <>
      {!isAlone && <p className="separator">{say('common.or')}</p>}
      <div className="ways">{ways}</div>
    </>
  )
}
