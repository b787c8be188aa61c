import { authenticateWithPasskey, completeSignupWithPasskey, type Flow } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { Form } from './form.tsx'

const code = { name: 'code', label: 'Code', autoComplete: 'one-time-code' }

/** The step that signing in waits for. */
export function Step({ flow }: { flow: Flow }) {
  const client = useClient()
  return (
    <>
      <Ask flow={flow} />
      <button type="button" onClick={() => client.logOut()}>
        Start over
      </button>
    </>
  )
}

function Ask({ flow }: { flow: Flow }) {
  const client = useClient()
  switch (flow.id) {
    case 'verify_email':
      return (
        <>
          <h1>Confirm your address</h1>
          <Form
            button="Confirm"
            fields={[code]}
            send={({ code = '' }) => client.verifyEmail({ key: code })}
          />
          <Form button="Send another" send={() => client.resendEmailVerification()} />
        </>
      )
    case 'mfa_authenticate':
      return (
        <>
          <h1>Second step</h1>
          {flow.types.includes('webauthn') && (
            <Form button="Use a key" send={() => authenticateWithPasskey(client)} />
          )}
          {flow.types.includes('totp') && (
            <Form
              button="Go on"
              fields={[code]}
              send={({ code = '' }) => client.authenticateWithCode({ code })}
            />
          )}
        </>
      )
    case 'mfa_trust':
      return (
        <>
          <h1>Trust this browser?</h1>
          <Form button="Yes" send={() => client.trustBrowser({ trust: true })} />
          <Form button="No" send={() => client.trustBrowser({ trust: false })} />
        </>
      )
    case 'mfa_signup_webauthn':
      return (
        <>
          <h1>Make your passkey</h1>
          <Form button="Make it" send={() => completeSignupWithPasskey(client)} />
        </>
      )
    default:
      return <p>This app does not know the step {flow.id}.</p>
  }
}
