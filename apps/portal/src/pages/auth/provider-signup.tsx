import type { Answer } from '@latchkey/client'
import { useAuth } from '@latchkey/client/react'
import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import type { SignupField } from '../../lib/portal.ts'
import { noteRecipient } from '../../lib/recipient.ts'
import { likeliestEmail } from '../../lib/told-email.ts'
import { useSubmit } from '../../lib/use-submit.ts'
import { Form } from '../../ui/form.tsx'
import { Page } from '../../ui/page.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { Unreachable } from '../../ui/unreachable.tsx'
import { Agreement } from './agreement.tsx'
import { Ended } from './ended.tsx'
import { SignupFields } from './signup-fields.tsx'
import { refuseRepeated, signupInput } from './signup-input.ts'
import { StartOver } from './start-over.tsx'
import { useKey } from './use-key.ts'

type Known = Extract<Answer<'getProviderSignup'>, { status: 200 }>['data']

const look = () => client.getProviderSignup()

/** What a provider did not tell about somebody new. */
export function ProviderSignup() {
  const auth = useAuth()
  const { answer, failure, load } = useKey(look, '')
  if (auth.status !== 'pending') return <Ended notice="auth.ended" />
  if (failure) return <Unreachable failure={failure} onRetry={load} />
  if (!answer) return <Spinner />
  if (answer.status !== 200) return <Ended notice="auth.ended" />
  return <Complete known={answer.data} />
}

function Complete({ known }: { known: Known }) {
  const say = useSay()
  const { portal } = useConfiguration()
  const state = useSubmit(async (values: Record<string, string>) => {
    const refusal = refuseRepeated(values)
    if (refusal) return refusal
    const input = signupInput(values)
    noteRecipient(input.email ?? input.phone ?? null)
    return client.completeProviderSignup(input)
  })
  return (
    <Page title={say('auth.completeSignup')} startsAtField>
      <p>{say('auth.completeSignupText', { provider: known.account.provider.name })}</p>
      <Form state={state} submit={say('auth.signUp')} onSubmit={state.call}>
        <SignupFields
          fields={fieldsOf(portal.signup_fields)}
          known={{
            email: known.user.email ?? likeliestEmail(known.email),
            username: known.user.username,
            phone: undefined,
          }}
        />
        <Agreement />
      </Form>
      <StartOver />
    </Page>
  )
}

/** Nobody needs a password who comes from a provider; an address may be asked for even so. */
function fieldsOf(fields: readonly SignupField[]): SignupField[] {
  const others = fields.filter(({ name }) => !name.startsWith('password'))
  const hasEmail = others.some(({ name }) => name === 'email')
  return hasEmail ? others : [{ name: 'email', is_required: false }, ...others]
}
