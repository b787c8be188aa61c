import { useSay } from '../../../lib/language.tsx'
import { Button } from '../../../ui/button.tsx'
import { type DialogProps, Dialog as Plain } from '../../../ui/dialog.tsx'
import { useProof } from '../reauthentication.tsx'

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
