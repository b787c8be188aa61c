import { useAuth } from '@latchkey/client/react'
import { useState } from 'react'
import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { toE164 } from '../../lib/phone.ts'
import { Field } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { CodeForm } from './code-form.tsx'
import { Correction } from './correction.tsx'
import { Ended } from './ended.tsx'
import { Resend } from './resend.tsx'
import { SentTo } from './sent-to.tsx'
import { StartOver } from './start-over.tsx'

/** The number of a login or sign-up that waits to be verified. */
export function VerifyPhone() {
  const say = useSay()
  const auth = useAuth()
  const { portal } = useConfiguration()
  // After a sign-up with both, the address is what is remembered.
  const [phone, setPhone] = useState<string | null>(null)
  if (auth.status !== 'pending') return <Ended notice="auth.ended" />
  return (
    <Page title={say('auth.verifyPhone')} startsAtField>
      {phone === null ? <p>{say('auth.codeTexted')}</p> : <SentTo recipient={phone} />}
      <CodeForm
        name="code"
        shape={portal.phone_verification_code}
        confirm={(code) => client.verifyPhone({ code })}
      />
      <div className="asides">
        {portal.phone_verification_supports_resend && (
          <Resend key={phone} resend={() => client.resendPhoneVerification()} />
        )}
        {portal.phone_verification_supports_change && (
          <Correction
            label={say('auth.changePhone')}
            send={({ phone = '' }) => client.changePhoneNumber({ phone: toE164(phone) })}
            onSent={({ phone = '' }) => setPhone(toE164(phone))}
          >
            <Field
              name="phone"
              label={say('auth.phone')}
              hint={say('auth.phoneHint')}
              type="tel"
              inputMode="tel"
              autoComplete="tel"
              required
            />
          </Correction>
        )}
        <StartOver />
      </div>
    </Page>
  )
}
