import { type Flow, reauthenticateWithPasskey, supportsPasskeys } from '@latchkey/client'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { addressOf, client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { type MessageName, useSay } from '../../lib/language.tsx'
import { Button } from '../../ui/button.tsx'
import { CodeField } from '../../ui/code-field.tsx'
import { Form } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { UsernameOf } from '../../ui/username-of.tsx'
import { useSignedIn } from './signed-in.tsx'
import { useChange } from './use-change.ts'

interface ProofProps {
  onProved(): void
}

type Way = 'password' | 'code' | 'key' | 'provider'

const wayNames: Readonly<Record<Way, MessageName>> = {
  password: 'account.proofByPassword',
  code: 'account.proofByCode',
  key: 'account.proofByKey',
  provider: 'account.proofByProvider',
}

/** The ways to prove who one is: one of them at a time. */
export function Proofs({ flows, onProved }: ProofProps & { flows: readonly Flow[] }) {
  const say = useSay()
  const ways = waysOf(flows)
  const [chosen, choose] = useState<Way | undefined>(ways[0])
  const shown = useRef(chosen)
  const start = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (shown.current === chosen) return
    shown.current = chosen
    // The button that had the focus is gone.
    start.current?.querySelector<HTMLElement>('input:not([tabindex="-1"]), button')?.focus()
  }, [chosen])
  return (
    <div className="stack" ref={start}>
      {chosen === 'password' && <ByPassword onProved={onProved} />}
      {chosen === 'code' && <ByCode onProved={onProved} />}
      {chosen === 'key' && <ByKey onProved={onProved} />}
      {chosen === 'provider' && <ByProvider flows={flows} />}
      {chosen === undefined && <p>{say('account.proofNone')}</p>}
      {ways.length > 1 && (
        <div className="proof-ways">
          {ways
            .filter((way) => way !== chosen)
            .map((way) => (
              <Button key={way} look="quiet" onClick={() => choose(way)}>
                {say(wayNames[way])}
              </Button>
            ))}
        </div>
      )}
    </div>
  )
}

function waysOf(flows: readonly Flow[]): Way[] {
  const types = flows.flatMap((flow) => (flow.id === 'mfa_reauthenticate' ? flow.types : []))
  const ids = flows.map(({ id }) => id)
  const offered: Record<Way, boolean> = {
    password: ids.includes('reauthenticate'),
    key: types.includes('webauthn') && supportsPasskeys(),
    code: types.some((type) => type !== 'webauthn'),
    provider: ids.includes('provider_redirect'),
  }
  return (['password', 'key', 'code', 'provider'] as const).filter((way) => offered[way])
}

function ByPassword({ onProved }: ProofProps) {
  const say = useSay()
  const { user } = useSignedIn()
  const change = useChange((password: string) => client.reauthenticate({ password }), {
    onDone: onProved,
  })
  return (
    <Form
      state={change}
      submit={say('account.proofGive')}
      onSubmit={({ password = '' }) => change.run(password)}
    >
      <UsernameOf name={user.email ?? user.username ?? ''} />
      <PasswordField
        name="password"
        label={say('account.currentPassword')}
        autoComplete="current-password"
        required
      />
    </Form>
  )
}

function ByCode({ onProved }: ProofProps) {
  const say = useSay()
  const change = useChange((code: string) => client.reauthenticateWithCode({ code }), {
    onDone: onProved,
  })
  return (
    <Form
      state={change}
      submit={say('account.proofGive')}
      // Apps show blanks within a code that the server does not know of.
      onSubmit={({ code = '' }) => change.run(code.replace(/\s/g, ''))}
    >
      <CodeField
        name="code"
        label={say('account.factorCode')}
        hint={say('account.factorCodeHint')}
        isNumeric
      />
    </Form>
  )
}

function ByKey({ onProved }: ProofProps) {
  const say = useSay()
  const change = useChange(() => reauthenticateWithPasskey(client), {
    onDone: onProved,
  })
  return <Form state={change} submit={say('account.proofUseKey')} onSubmit={() => change.run()} />
}

/** Leads away: whoever comes back has given the proof, and asks once more for what they wanted. */
function ByProvider({ flows }: { flows: readonly Flow[] }) {
  const say = useSay()
  const { pathname } = useLocation()
  const { socialaccount } = useConfiguration()
  const ids = flows.flatMap((flow) => (flow.id === 'provider_redirect' ? flow.providers : []))
  const change = useChange(
    async (provider: string) => {
      const callback_url = addressOf(pathname)
      await client.redirectToProvider({ provider, process: 'reauthenticate', callback_url })
      // The browser is about to leave.
      return { status: 302 }
    },
    { onDone: () => {} },
  )
  return (
    <>
      <p>{say('account.proofProviderText')}</p>
      {ids.map((id) => (
        <Form
          key={id}
          state={change}
          submit={say('account.proofAt', {
            provider: socialaccount?.providers.find((it) => it.id === id)?.name ?? id,
          })}
          onSubmit={() => change.run(id)}
        />
      ))}
    </>
  )
}
