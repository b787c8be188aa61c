import type { ReactNode } from 'react'

interface NoticeProps {
  kind: 'error' | 'success' | 'info'
  /** Where what is around it is read out already. */
  isQuiet?: boolean
  children: ReactNode
}

/** Something that happened; errors are read out at once. */
export function Notice({ kind, isQuiet = false, children }: NoticeProps) {
  const role = kind === 'error' ? 'alert' : 'status'
  return (
    <div className={`notice notice-${kind}`} role={isQuiet ? undefined : role}>
      {children}
    </div>
  )
}
