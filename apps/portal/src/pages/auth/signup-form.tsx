import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { noteRecipient } from '../../lib/recipient.ts'
import { useSubmit } from '../../lib/use-submit.ts'
import { Form } from '../../ui/form.tsx'
import { Agreement } from './agreement.tsx'
import { orStuck } from './or-stuck.ts'
import { SignupFields } from './signup-fields.tsx'
import { refuseRepeated, signupInput } from './signup-input.ts'

/** The fields of a new account, without the passwords where there will be a passkey. */
export function SignupForm({ byPasskey }: { byPasskey: boolean }) {
  const say = useSay()
  const { portal } = useConfiguration()
  const fields = portal.signup_fields.filter(
    ({ name }) => !byPasskey || !name.startsWith('password'),
  )
  const state = useSubmit(async (values: Record<string, string>) => {
    const refusal = refuseRepeated(values)
    if (refusal) return refusal
    const input = signupInput(values)
    noteRecipient(input.email ?? input.phone ?? null)
    return orStuck(await (byPasskey ? client.startPasskeySignup(input) : client.signUp(input)))
  })
  return (
    <Form
      state={state}
      submit={say(byPasskey ? 'common.continue' : 'auth.signUp')}
      onSubmit={state.call}
    >
      {byPasskey && <p>{say('auth.passkeyText')}</p>}
      <SignupFields fields={fields} />
      <Agreement />
    </Form>
  )
}
