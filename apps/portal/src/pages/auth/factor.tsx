import { authenticateWithPasskey, type Flow, supportsPasskeys } from '@latchkey/client'
import { useAuth } from '@latchkey/client/react'
import { useState } from 'react'
import { client } from '../../lib/client.ts'
import { useSay } from '../../lib/language.tsx'
import { useSubmit } from '../../lib/use-submit.ts'
import { Button } from '../../ui/button.tsx'
import { CodeField } from '../../ui/code-field.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Ended } from './ended.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { StartOver } from './start-over.tsx'

type FactorType = Extract<Flow, { types: unknown }>['types'][number]

/** Those that are at hand come first. */
const order: readonly FactorType[] = ['webauthn', 'totp', 'recovery_codes']

const chooseTexts = {
  webauthn: 'auth.useKey',
  totp: 'auth.useTotp',
  recovery_codes: 'auth.useRecoveryCode',
} as const

/** The second factor of a login, by one of those that the user has. */
export function Factor() {
  const state = useAuth()
  const pending = state.status === 'pending' ? state.pending : null
  if (pending?.id !== 'mfa_authenticate') return <Ended notice="auth.ended" />
  return <ChooseFactor types={pending.types} />
}

function ChooseFactor({ types }: { types: readonly FactorType[] }) {
  const say = useSay()
  const possible = order.filter(
    (type) => types.includes(type) && (type !== 'webauthn' || supportsPasskeys()),
  )
  const [chosen, choose] = useState(possible[0])
  return (
    <Page title={say('auth.secondFactor')} startsAtField key={chosen}>
      {chosen === 'webauthn' && <ByKey />}
      {chosen === 'totp' && <ByTotp />}
      {chosen === 'recovery_codes' && <ByRecoveryCode />}
      {chosen === undefined && <Notice kind="error">{say('auth.noFactor')}</Notice>}
      {possible.length > 1 && (
        <div className="ways">
          {possible
            .filter((type) => type !== chosen)
            .map((type) => (
              <Button key={type} onClick={() => choose(type)}>
                {say(chooseTexts[type])}
              </Button>
            ))}
        </div>
      )}
      <StartOver />
    </Page>
  )
}

function ByKey() {
  const say = useSay()
  const state = useSubmit(() => authenticateWithPasskey(client))
  return (
    <div className="stack">
      <p>{say('auth.keyText')}</p>
      <PasskeyButton ask={state.call} state={state} look="primary">
        {say('auth.useKey')}
      </PasskeyButton>
    </div>
  )
}

function ByTotp() {
  const say = useSay()
  return <ByCode text={say('auth.totpText')} label={say('auth.code')} isTotp />
}

function ByRecoveryCode() {
  const say = useSay()
  return <ByCode text={say('auth.recoveryText')} label={say('auth.recoveryCode')} isTotp={false} />
}

function ByCode({ text, label, isTotp }: { text: string; label: string; isTotp: boolean }) {
  const say = useSay()
  const state = useSubmit(({ code = '' }: Record<string, string>) =>
    // Apps show it in two groups; the server compares it as it is.
    client.authenticateWithCode({ code: code.replace(/\s/g, '') }),
  )
  return (
    <>
      <p>{text}</p>
      <Form state={state} submit={say('common.continue')} onSubmit={state.call}>
        <CodeField
          name="code"
          label={label}
          isNumeric={isTotp}
          autoComplete={isTotp ? 'one-time-code' : 'off'}
        />
      </Form>
    </>
  )
}
