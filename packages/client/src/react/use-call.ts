import { useCallback, useEffect, useRef, useState } from 'react'
import { LatchkeyError } from '../errors.ts'
import type { InputError } from '../types.ts'

/** How a call of the API goes. */
export interface CallState<In extends unknown[], Out> {
  /** Makes the call, unless one is under way; resolves to its answer, or undefined where there is none. */
  call(...input: In): Promise<Out | undefined>
  isPending: boolean
  /** The last answer, since `reset`. */
  answer: Out | undefined
  /** What the last answer found wrong with the input; `param` names the field. */
  errors: readonly InputError[]
  /** Why there was no answer to the last call; `declined` where no passkey was given. */
  failure: LatchkeyError | null
  /** Forgets answer, errors and failure. */
  reset(): void
}

const nothing = { answer: undefined, errors: [], failure: null }

/** Makes a call for a form: one at a time, with what is wrong kept for showing it. */
export function useCall<In extends unknown[], Out extends object>(
  operation: (...input: In) => Promise<Out>,
): CallState<In, Out> {
  const latest = useRef(operation)
  const isBusy = useRef(false)
  const [isPending, setPending] = useState(false)
  const [outcome, setOutcome] =
    useState<Pick<CallState<In, Out>, 'answer' | 'errors' | 'failure'>>(nothing)
  useEffect(() => {
    latest.current = operation
  })
  const reset = useCallback(() => setOutcome(nothing), [])
  const call = useCallback(async (...input: In) => {
    if (isBusy.current) return undefined
    isBusy.current = true
    setPending(true)
    try {
      const answer = await latest.current(...input)
      setOutcome({ answer, errors: errorsOf(answer), failure: null })
      return answer
    } catch (error) {
      setOutcome({ ...nothing, failure: failureOf(error) })
      return undefined
    } finally {
      isBusy.current = false
      setPending(false)
    }
  }, [])
  return { call, isPending, ...outcome, reset }
}

function errorsOf(answer: object): readonly InputError[] {
  return 'errors' in answer && Array.isArray(answer.errors) ? answer.errors : []
}

/** @throws what is no failure of a call, but a fault of the program. */
function failureOf(error: unknown): LatchkeyError {
  if (error instanceof LatchkeyError) return error
  // What the ceremonies of passkeys reject with.
  if (typeof DOMException !== 'undefined' && error instanceof DOMException) {
    return new LatchkeyError('declined', 'the browser gave no key', { cause: error })
  }
  throw error
}
