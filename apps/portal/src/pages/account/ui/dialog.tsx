import type { ReactNode } from 'react'
import { useSay } from '../../../lib/language.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog as Plain } from '../../../ui/dialog.tsx'
import { useProof } from '../reauthentication.tsx'

interface DialogProps {
  title: ReactNode
  isOpen: boolean
  onClose(): void
  children: ReactNode
}

/** A dialog that stays while another one above it asks who the user is. */
export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  const say = useSay()
  const { isAsking } = useProof()
  return (
    <Plain title={title} isOpen={isOpen} onClose={() => isAsking || onClose()}>
      {children}
      <Button onClick={onClose}>{say('common.cancel')}</Button>
    </Plain>
  )
}
