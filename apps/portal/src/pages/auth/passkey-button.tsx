import type { InputError, LatchkeyError } from '@latchkey/client'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problems } from './problems.tsx'

interface PasskeyButtonProps {
  ask(): Promise<unknown>
  state: { errors: readonly InputError[]; failure: LatchkeyError | null; isPending: boolean }
  look?: 'primary' | 'plain'
  children: ReactNode
}

/** Has the browser ask for a key, and says what came of it. */
export function PasskeyButton({ ask, state, look = 'plain', children }: PasskeyButtonProps) {
  return (
    <>
      <Problems state={state} />
      <Button look={look} isPending={state.isPending} onClick={() => void ask()}>
        <Icon name="key" />
        <span>{children}</span>
      </Button>
    </>
  )
}
