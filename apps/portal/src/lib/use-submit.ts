import type { InputError } from '@latchkey/client'
import { type CallState, useCall } from '@latchkey/client/react'
import { client } from './client.ts'
import { withKeyErrors } from './key-errors.ts'

type Answered = { status: number; errors?: readonly InputError[] }

/** Refusals that say all with their status, by the names that their texts have. */
const codes: Readonly<Record<number, string>> = {
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  429: 'too_many_requests',
}

/**
 * As `useCall`, with every refusal among the errors: those without a text of their own, and those of a browser
 * that was asked for a passkey.
 */
export function useSubmit<In extends unknown[], Out extends Answered>(
  operation: (...input: In) => Promise<Out>,
): CallState<In, Out | Answered> {
  return useCall(async (...input: In) => {
    const answer = await withKeyErrors(() => operation(...input))
    // Somebody else, or another tab, was faster: the state says what can be done now.
    if (answer.status === 409) client.getSession().catch(() => {})
    const code = codes[answer.status]
    if (code === undefined || answer.errors?.length) return answer
    return { ...answer, errors: [{ code, message: code }] }
  })
}

/** What the pages themselves find wrong with a field. */
export function refuse(code: string, param: string): Answered {
  return { status: 400, errors: [{ code, param, message: code }] }
}
