import type { ReactNode } from 'react'
import { Button } from '../../../ui/button.tsx'

interface RowActionProps {
  /** What it is done to, for those who do not see the row that it stands in. */
  about: string
  isPending?: boolean
  onClick(): void
  children: ReactNode
}

/** Something to do with one thing of a list. */
export function RowAction({ about, isPending = false, onClick, children }: RowActionProps) {
  return (
    <Button look="quiet" isPending={isPending} onClick={onClick}>
      <span>
        {children} <span className="hidden">{about}</span>
      </span>
    </Button>
  )
}
