import type { InputError, LatchkeyError } from '@latchkey/client'
import { useCall } from '@latchkey/client/react'
import { withKeyErrors } from '../../lib/key-errors.ts'
import { type MessageName, useSay } from '../../lib/language.tsx'

/** A change of the account, one at a time. */
export interface Change<In extends unknown[]> {
  run(...input: In): Promise<void>
  isPending: boolean
  errors: readonly InputError[]
  failure: LatchkeyError | null
  /** Forgets what was wrong. */
  reset(): void
}

/** What an answer without errors means here, by its status. */
export type Refusals = Readonly<Record<number, MessageName>>

interface ChangeOptions<Out> {
  /** Goes on once it is done; a call that fails in it is told as the change's failure. */
  onDone(answer: Extract<Out, { status: 200 | 202 }>): unknown
  refusals?: Refusals
}

/** Where a change has nothing better to say. */
const usualRefusals: Refusals = {
  403: 'errors.forbidden',
  404: 'errors.not_found',
  409: 'errors.conflict',
  429: 'errors.too_many_requests',
}

interface Answered {
  status: number
  errors?: readonly InputError[]
}

/** Makes a change, and says in words why it was refused. */
export function useChange<In extends unknown[], Out extends Answered>(
  operation: (...input: In) => Promise<Out>,
  { onDone, refusals = {} }: ChangeOptions<Out>,
): Change<In> {
  const say = useSay()
  const { call, ...state } = useCall(async (...input: In): Promise<Answered> => {
    const answer: Answered = await withKeyErrors(() => operation(...input))
    const name = answer.errors ? undefined : { ...usualRefusals, ...refusals }[answer.status]
    return name ? { ...answer, errors: [{ code: 'refused', message: say(name) }] } : answer
  })
  // By itself, so that the form is free of the last mistakes while it goes on.
  const after = useCall(async (goOn: () => unknown) => {
    await goOn()
    return {}
  })
  async function run(...input: In): Promise<void> {
    if (after.isPending) return
    after.reset()
    const answer = await call(...input)
    if (answer?.status !== 200 && answer?.status !== 202) return
    // Only answers with these statuses are left. What follows was meant for how things were before.
    await after.call(() => onDone(answer as Extract<Out, { status: 200 | 202 }>))
  }
  function reset(): void {
    state.reset()
    after.reset()
  }
  const isPending = state.isPending || after.isPending
  return { ...state, isPending, failure: state.failure ?? after.failure, run, reset }
}
