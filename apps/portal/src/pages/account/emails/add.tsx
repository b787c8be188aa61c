import { useState } from 'react'
import { client } from '../../../lib/client.ts'
import { useSay } from '../../../lib/language.tsx'
import { Field } from '../../../ui/field.tsx'
import { Form } from '../../../ui/form.tsx'
import { useChange } from '../use-change.ts'
import type { Verification } from './verification.tsx'

interface AddAddressProps {
  /** Whether it takes the place of the one that there is. */
  isSingle: boolean
  verification: Verification
  onChanged(): Promise<void>
}

/** Takes another address. */
export function AddAddress({ isSingle, verification, onChanged }: AddAddressProps) {
  const say = useSay()
  const [round, setRound] = useState(0)
  const change = useChange(
    async (email: string) => ({ ...(await client.addEmailAddress({ email })), email }),
    {
      async onDone({ email }) {
        setRound(round + 1)
        verification.begun(email)
        await onChanged()
      },
    },
  )
  return (
    <Form
      // A new form is an empty one.
      key={round}
      state={change}
      submit={say(isSingle ? 'account.emailChangeAction' : 'account.emailAddAction')}
      onSubmit={({ email = '' }) => change.run(email.trim())}
    >
      <Field
        name="email"
        label={say(isSingle ? 'account.emailNew' : 'account.email')}
        type="email"
        autoComplete="email"
        required
      />
    </Form>
  )
}
