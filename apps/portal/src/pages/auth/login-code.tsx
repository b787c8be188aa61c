import { useAuth } from '@latchkey/client/react'
import { useEffect, useState } from 'react'
import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { type LoginMethod, methodOf, written } from '../../lib/identifier.ts'
import { useSay } from '../../lib/language.tsx'
import { noteRecipient } from '../../lib/recipient.ts'
import { useSubmit } from '../../lib/use-submit.ts'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { AuthLink } from './auth-link.tsx'
import { CodeForm } from './code-form.tsx'
import { Ended } from './ended.tsx'
import { IdentifierField } from './identifier-field.tsx'
import { intoField } from './into-field.ts'
import { Resend } from './resend.tsx'
import { SentTo } from './sent-to.tsx'
import { StartOver } from './start-over.tsx'

/** A login by a code that is mailed or sent: asked for here, or after the password by the server. */
export function LoginCode() {
  const { account, portal } = useConfiguration()
  const isPending = useAuth().status === 'pending'
  const [hasWaited, setHasWaited] = useState(isPending)
  useEffect(() => {
    if (isPending) setHasWaited(true)
  }, [isPending])
  if (isPending) return <ConfirmLoginCode />
  if (!account.login_by_code_enabled) return <Ended notice="auth.ended" />
  return <RequestLoginCode methods={portal.login_by_code_methods} hasEnded={hasWaited} />
}

function RequestLoginCode({
  methods,
  hasEnded,
}: {
  methods: readonly LoginMethod[]
  /** Whether a code was waited for until now. */
  hasEnded: boolean
}) {
  const say = useSay()
  const state = useSubmit(async ({ login = '' }: Record<string, string>) => {
    const method = methodOf(login, methods)
    const identifier = written(method, login)
    noteRecipient(identifier)
    // One member of its own kind, as the contract wants it.
    const answer = await client.requestLoginCode({ [method]: identifier } as { email: string })
    return intoField(answer, method, 'login')
  })
  return (
    <Page title={say('auth.logInByCode')} startsAtField key="request">
      {hasEnded && <Notice kind="info">{say('auth.ended')}</Notice>}
      <p>{say('auth.loginCodeText')}</p>
      <Form state={state} submit={say('auth.sendCode')} onSubmit={state.call}>
        <IdentifierField name="login" methods={methods} />
      </Form>
      <p className="center">
        <AuthLink to="/login">{say('auth.backToLogin')}</AuthLink>
      </p>
    </Page>
  )
}

function ConfirmLoginCode() {
  const say = useSay()
  const { account, portal } = useConfiguration()
  return (
    <Page title={say('auth.enterCode')} startsAtField key="confirm">
      <SentTo />
      <CodeForm
        name="code"
        shape={portal.login_code}
        confirm={(code) => client.confirmLoginCode({ code })}
      />
      <div className="asides">
        {account.login_by_code_enabled && portal.login_by_code_supports_resend && (
          <Resend resend={() => client.resendLoginCode()} />
        )}
        <StartOver />
      </div>
    </Page>
  )
}
