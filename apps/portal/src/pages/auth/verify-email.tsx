import { useAuth } from '@latchkey/client/react'
import { useEffect, useState } from 'react'
import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { lastRecipient } from '../../lib/recipient.ts'
import { useSubmit } from '../../lib/use-submit.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { CodeForm } from './code-form.tsx'
import { Correction } from './correction.tsx'
import { Ended } from './ended.tsx'
import { Problems } from './problems.tsx'
import { Resend } from './resend.tsx'
import { SentTo } from './sent-to.tsx'
import { StartOver } from './start-over.tsx'

/** The address of a login or sign-up that waits to be verified. */
export function VerifyEmail() {
  const auth = useAuth()
  const { account } = useConfiguration()
  const isByCode = account.email_verification_by_code_enabled
  if (auth.status !== 'pending') return <Ended notice={isByCode ? 'auth.ended' : 'auth.logInNow'} />
  return isByCode ? <ByCode /> : <ByLink />
}

function ByCode() {
  const say = useSay()
  const { portal } = useConfiguration()
  const [email, setEmail] = useState(lastAddress)
  return (
    <Page title={say('auth.verifyEmail')} startsAtField>
      <SentTo recipient={email} />
      <CodeForm
        name="key"
        shape={portal.email_verification_code}
        confirm={(key) => client.verifyEmail({ key })}
      />
      <div className="asides">
        {portal.email_verification_supports_resend && (
          <Resend key={email} resend={() => client.resendEmailVerification()} />
        )}
        {portal.email_verification_supports_change && (
          <Correction
            label={say('auth.changeEmail')}
            send={({ email = '' }) => client.addEmailAddress({ email: email.trim() })}
            onSent={({ email = '' }) => setEmail(email.trim())}
          >
            <Field
              name="email"
              label={say('auth.email')}
              type="email"
              autoComplete="email"
              autoCapitalize="none"
              spellCheck={false}
              required
            />
          </Correction>
        )}
        <StartOver />
      </div>
    </Page>
  )
}

/** After a login by phone, what is remembered is the number. */
function lastAddress(): string | null {
  const recipient = lastRecipient()
  return recipient?.includes('@') ? recipient : null
}

function ByLink() {
  const say = useSay()
  const state = useSubmit(() => client.getSession())
  useEffect(() => {
    // The link may have been followed in another tab meanwhile.
    const look = () => {
      if (document.visibilityState === 'visible') client.getSession().catch(() => {})
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return (
    <Page title={say('auth.verifyEmail')}>
      <p>{say('auth.linkSent')}</p>
      <p className="muted">{say('auth.linkSentHint')}</p>
      <Problems state={state} />
      {state.answer?.status === 401 && !state.isPending && (
        <Notice kind="error">{say('auth.notConfirmedYet')}</Notice>
      )}
      <Button look="primary" isPending={state.isPending} onClick={() => void state.call()}>
        {say('auth.linkFollowed')}
      </Button>
      <StartOver />
    </Page>
  )
}
