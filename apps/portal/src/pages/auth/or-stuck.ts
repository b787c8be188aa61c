import type { Flow, InputError } from '@latchkey/client'

interface Answered {
  status: number
  data?: object
  errors?: readonly InputError[]
}

/** Makes an error of a login that leads nowhere: nobody is signed in, and nothing is waited for. */
export function orStuck<Out extends Answered>(
  answer: Out,
): Out | { status: number; errors: readonly InputError[] } {
  if (answer.status !== 401 || waits(answer.data)) return answer
  const code = 'login_impossible'
  return { status: 401, errors: [{ code, message: code }] }
}

function waits(data: object | undefined): boolean {
  if (!data || !('flows' in data)) return false
  // Answers with this status have these.
  return (data.flows as Flow[]).some(({ is_pending }) => is_pending === true)
}
