import { useState } from 'react'
import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { noteRecipient } from '../../lib/recipient.ts'
import { useSubmit } from '../../lib/use-submit.ts'
import { Around } from '../../ui/around.tsx'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Page } from '../../ui/page.tsx'
import { Arrival } from './arrival.tsx'
import { AuthLink } from './auth-link.tsx'
import { Ended } from './ended.tsx'

/** Asks for the way to a new password, which is mailed. */
export function PasswordReset() {
  const say = useSay()
  const { portal, account } = useConfiguration()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const state = useSubmit((email: string) => client.requestPasswordReset({ email }))
  if (!portal.has_passwords) return <Ended />
  if (sentTo !== null) return <Sent email={sentTo} />

  async function request(email: string): Promise<void> {
    noteRecipient(email)
    const answer = await state.call(email)
    // By code, the step that waits now has a page of its own.
    if (answer?.status === 200) setSentTo(email)
  }

  const byCode = account.password_reset_by_code_enabled
  return (
    <Page title={say('auth.resetPassword')} startsAtField key="request">
      <Arrival />
      <p>{say(byCode ? 'auth.resetByCodeText' : 'auth.resetByLinkText')}</p>
      <Form
        state={state}
        submit={say(byCode ? 'auth.sendCode' : 'auth.sendLink')}
        onSubmit={({ email = '' }) => request(email.trim())}
      >
        <Field
          name="email"
          label={say('auth.email')}
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
      </Form>
      <p className="center">
        <AuthLink to="/login">{say('auth.backToLogin')}</AuthLink>
      </p>
    </Page>
  )
}

function Sent({ email }: { email: string }) {
  const say = useSay()
  return (
    <Page title={say('auth.lookIntoMailbox')} key="sent">
      <p>
        <Around text={say('auth.resetLinkSentTo')} hole="recipient">
          <bdi className="recipient">{email}</bdi>
        </Around>
      </p>
      <p className="muted">{say('auth.noMailHint')}</p>
      <p className="center">
        <AuthLink to="/login">{say('auth.backToLogin')}</AuthLink>
      </p>
    </Page>
  )
}
