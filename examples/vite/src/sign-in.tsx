import { logInWithPasskey, supportsPasskeyAutofill } from '@latchkey/client'
import { useClient, useFlow } from '@latchkey/client/react'
import { useEffect, useState } from 'react'
import { Form } from './form.tsx'

const email = {
  name: 'email',
  label: 'Email',
  type: 'email',
  autoComplete: 'username webauthn',
} as const
const password = { name: 'password', label: 'Password', type: 'password' } as const

/** Signs somebody in or up, by what the server offers. */
export function SignIn() {
  const client = useClient()
  const [isNew, setNew] = useState(false)
  const signUp = useFlow('signup')
  const byPasskey = useFlow('mfa_login_webauthn')
  usePasskeySuggestions(byPasskey !== undefined)

  return (
    <>
      <h1>{isNew ? 'Sign up' : 'Sign in'}</h1>
      {isNew ? (
        <Form
          button="Sign up"
          fields={[email, { ...password, autoComplete: 'new-password' }]}
          send={({ email = '', password = '' }) => client.signUp({ email, password })}
        />
      ) : (
        <Form
          button="Sign in"
          fields={[email, { ...password, autoComplete: 'current-password' }]}
          send={({ email = '', password = '' }) => client.logIn({ email, password })}
        />
      )}
      {/* Take it away where MFA_PASSKEY_SIGNUP_ENABLED is off: the flows do not tell. */}
      {isNew && byPasskey && (
        <Form
          button="Sign up with a passkey"
          fields={[{ ...email, label: 'Email for the passkey' }]}
          send={({ email = '' }) => client.startPasskeySignup({ email })}
        />
      )}
      {!isNew && byPasskey && (
        <Form button="Sign in with a passkey" send={() => logInWithPasskey(client)} />
      )}
      {signUp && (
        <button type="button" onClick={() => setNew(!isNew)}>
          {isNew ? 'I have an account' : 'I am new here'}
        </button>
      )}
    </>
  )
}

/** Offers passkeys where the browser suggests what to fill in. */
function usePasskeySuggestions(isOffered: boolean) {
  const client = useClient()
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    async function offer() {
      if (!isOffered || !(await supportsPasskeyAutofill()) || signal.aborted) return
      await logInWithPasskey(client, { isConditional: true, signal })
    }
    // Nobody asked for it: where it comes to nothing, there are other ways to sign in.
    offer().catch(() => {})
    return () => controller.abort()
  }, [client, isOffered])
}
