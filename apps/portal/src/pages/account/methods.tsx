import { useConfiguration } from '../../lib/configuration.tsx'
import { type Say, useSay } from '../../lib/language.tsx'
import { type SignedIn, useSignedIn } from './signed-in.tsx'
import { When } from './ui/when.tsx'

type Method = SignedIn['methods'][number]

/** How the user signed in, and proved it since. */
export function Methods() {
  const say = useSay()
  const { methods } = useSignedIn()
  const { socialaccount } = useConfiguration()
  if (methods.length === 0) return null
  const nameOf = (id: string) => socialaccount?.providers.find((it) => it.id === id)?.name ?? id
  return (
    <div>
      <dt>{say('account.signedInBy')}</dt>
      <dd>
        <ul className="plain">
          {methods.map((method) => (
            <li key={`${method.method} ${method.at}`}>
              {sayMethod(say, method, nameOf)}{' '}
              <span className="muted">
                <When at={method.at} />
              </span>
            </li>
          ))}
        </ul>
      </dd>
    </div>
  )
}

function sayMethod(say: Say, method: Method, nameOf: (provider: string) => string): string {
  switch (method.method) {
    case 'password':
      return say('account.byPassword')
    case 'password_reset':
      return say('account.byReset')
    case 'code':
      return say('account.byCode')
    case 'socialaccount':
      return say('account.byProvider', { provider: nameOf(method.provider) })
    case 'mfa':
      return say(method.passwordless ? 'account.byPasskey' : factorNames[method.type])
  }
}

const factorNames = {
  totp: 'account.byApp',
  recovery_codes: 'account.byRecoveryCode',
  webauthn: 'account.byKey',
} as const
