import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

export interface DialogProps {
  title: ReactNode
  isOpen: boolean
  /** By Escape, a click outside, or a button of its own. */
  onClose(): void
  children: ReactNode
}

/** Something to be answered before the page goes on. */
export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(next) => next || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Popup className="dialog">
          <Base.Title className="dialog-title">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
