import type { InputError } from '@latchkey/client'
import { useSay } from '../../lib/language.tsx'
import type { CodeShape } from '../../lib/portal.ts'
import { useSubmit } from '../../lib/use-submit.ts'
import { CodeField } from '../../ui/code-field.tsx'
import { Form } from '../../ui/form.tsx'

interface CodeFormProps {
  /** The member of the input that the code is. */
  name: 'code' | 'key'
  shape: CodeShape
  confirm(code: string): Promise<{ status: number; errors?: readonly InputError[] }>
}

/** Asks for the code of a message. */
export function CodeForm({ name, shape, confirm }: CodeFormProps) {
  const say = useSay()
  const state = useSubmit(confirm)
  return (
    <Form
      state={state}
      submit={say('common.continue')}
      onSubmit={({ [name]: code = '' }) => state.call(code.trim())}
    >
      <CodeField name={name} label={say('auth.code')} isNumeric={shape.is_numeric} />
    </Form>
  )
}
