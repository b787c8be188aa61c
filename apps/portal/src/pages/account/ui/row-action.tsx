import { type ReactNode, useId } from 'react'
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
  const id = useId()
  return (
    <>
      <Button
        look="quiet"
        isPending={isPending}
        onClick={onClick}
        aria-labelledby={`${id} ${id}-about`}
      >
        <span id={id}>{children}</span>
      </Button>
      <span className="hidden" id={`${id}-about`} aria-hidden="true">
        {about}
      </span>
    </>
  )
}
