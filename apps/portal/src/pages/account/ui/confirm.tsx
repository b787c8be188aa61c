import type { ReactNode } from 'react'
import { Form } from '../../../ui/form.tsx'
import type { Change } from '../use-change.ts'
import { Dialog } from './dialog.tsx'

interface ConfirmProps<Input> {
  title: string
  children: ReactNode
  /** What the button says. */
  action: string
  /** What it is about; null while nothing is asked. */
  about: Input | null
  change: Change<[Input]>
  onClose(): void
}

/** Asks before something is done that takes something away. */
export function Confirm<Input>(props: ConfirmProps<Input>) {
  const { title, children, action, about, change, onClose } = props
  function close(): void {
    change.reset()
    onClose()
  }
  return (
    <Dialog title={title} isOpen={about !== null} onClose={close}>
      <div className="muted">{children}</div>
      <Form
        state={change}
        submit={action}
        look="danger"
        onSubmit={async () => about !== null && change.run(about)}
      />
    </Dialog>
  )
}
