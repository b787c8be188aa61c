import type { InputError } from '@latchkey/client'

type Answered = { status: number; errors?: readonly InputError[] }

/** Has what is wrong with a member of the input stand at the field that it was typed into. */
export function intoField<Out extends Answered>(answer: Out, member: string, field: string): Out {
  if (!answer.errors) return answer
  const errors = answer.errors.map((error) =>
    error.param === member ? { ...error, param: field } : error,
  )
  return { ...answer, errors }
}
