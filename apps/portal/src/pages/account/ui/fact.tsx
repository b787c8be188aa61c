import type { ReactNode } from 'react'
import { useSay } from '../../../lib/language.tsx'
import { Around } from '../../../ui/around.tsx'

/** Something known of the thing that it stands below. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  const say = useSay()
  return (
    <p className="muted">
      <Around text={say('account.fact', { label })} hole="value">
        {children}
      </Around>
    </p>
  )
}
