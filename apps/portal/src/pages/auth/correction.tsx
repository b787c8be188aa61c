import type { InputError } from '@latchkey/client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useSay } from '../../lib/language.tsx'
import { noteRecipient } from '../../lib/recipient.ts'
import { useSubmit } from '../../lib/use-submit.ts'
import { Button } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'

interface CorrectionProps {
  label: string
  send(
    values: Record<string, string>,
  ): Promise<{ status: number; errors?: readonly InputError[]; data?: unknown }>
  /** The message is on its way to another address or number. */
  onSent(values: Record<string, string>): void
  children: ReactNode
}

/** Lets somebody correct where the code goes to, who mistyped it. */
export function Correction({ label, send, onSent, children }: CorrectionProps) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const wasOpen = useRef(false)
  const state = useSubmit(send)
  useEffect(() => {
    const start = isOpen ? 'input' : 'button'
    if (isOpen || wasOpen.current) place.current?.querySelector<HTMLElement>(start)?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  if (!isOpen) {
    return (
      <div className="center" ref={place}>
        <Button look="quiet" onClick={() => setOpen(true)}>
          {label}
        </Button>
      </div>
    )
  }
  return (
    <div className="correction" ref={place}>
      <Form
        state={state}
        submit={say('auth.sendCode')}
        onSubmit={async (values) => {
          const answer = await state.call(values)
          if (answer?.status !== 200 && answer?.status !== 202) return
          noteRecipient(Object.values(values)[0] ?? null)
          onSent(values)
          setOpen(false)
        }}
      >
        {children}
      </Form>
      <Button
        onClick={() => {
          state.reset()
          setOpen(false)
        }}
      >
        {say('common.cancel')}
      </Button>
    </div>
  )
}
