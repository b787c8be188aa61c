import type { ReactNode } from 'react'

/** A word about the thing beside it. */
export function Badge({ look = 'plain', children }: { look?: Look; children: ReactNode }) {
  return <span className={`badge badge-${look}`}>{children}</span>
}

type Look = 'plain' | 'good' | 'warning'
