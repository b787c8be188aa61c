import { useAuth } from '@latchkey/client/react'
import { useState } from 'react'
import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { lastRecipient } from '../../lib/recipient.ts'
import { Page } from '../../ui/page.tsx'
import { CodeForm } from './code-form.tsx'
import { Ended } from './ended.tsx'
import { NewPasswordForm } from './new-password-form.tsx'
import { SentTo } from './sent-to.tsx'
import { StartOver } from './start-over.tsx'

/** The code of a mail, and then a new password. */
export function PasswordResetCode() {
  const say = useSay()
  const auth = useAuth()
  const { portal } = useConfiguration()
  const [key, setKey] = useState<string | null>(null)
  const [isDone, setDone] = useState(false)
  const waits = auth.status === 'pending' && auth.pending.id === 'password_reset_by_code'
  if (isDone) return <Ended notice="auth.passwordSet" />
  if (!waits) return <Ended to="/password/reset" notice="auth.codeOver" />
  if (key !== null) {
    return (
      <Page title={say('auth.newPassword')} startsAtField key="password">
        <NewPasswordForm
          username={lastRecipient()}
          resetKey={key}
          onDone={() => setDone(true)}
          onWrongKey={() => setKey(null)}
        />
        <StartOver />
      </Page>
    )
  }

  async function look(code: string) {
    const answer = await client.getPasswordReset({ key: code })
    if (answer.status === 200) setKey(code)
    return answer
  }

  return (
    <Page title={say('auth.enterCode')} startsAtField key="code">
      <SentTo />
      <CodeForm name="key" shape={portal.password_reset_code} confirm={look} />
      <StartOver />
    </Page>
  )
}
