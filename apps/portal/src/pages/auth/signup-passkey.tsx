import { completeSignupWithPasskey, supportsPasskeys } from '@latchkey/client'
import { useAuth } from '@latchkey/client/react'
import { client } from '../../lib/client.ts'
import { useSay } from '../../lib/language.tsx'
import { useSubmit } from '../../lib/use-submit.ts'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Ended } from './ended.tsx'
import { StartOver } from './start-over.tsx'

const longestName = 100

/** The passkey of a new account, made once the address is verified. */
export function SignupPasskey() {
  const say = useSay()
  const auth = useAuth()
  const state = useSubmit(({ name = '' }: Record<string, string>) =>
    completeSignupWithPasskey(client, name.trim() === '' ? {} : { name: name.trim() }),
  )
  if (auth.status !== 'pending') return <Ended notice="auth.ended" />
  return (
    <Page title={say('auth.makePasskey')}>
      <p>{say('auth.makePasskeyText')}</p>
      {supportsPasskeys() ? (
        <Form state={state} submit={say('auth.makePasskey')} onSubmit={state.call}>
          <Field
            name="name"
            label={say('auth.passkeyName')}
            hint={say('auth.passkeyNameHint')}
            isOptional
            maxLength={longestName}
            autoComplete="off"
          />
        </Form>
      ) : (
        <Notice kind="error">{say('errors.key_impossible')}</Notice>
      )}
      <StartOver />
    </Page>
  )
}
