import { type AuthState, addPasskey } from '@latchkey/client'
import { useAccount, useClient } from '@latchkey/client/react'
import { useState } from 'react'
import { Form } from './form.tsx'

type User = Extract<AuthState, { status: 'signed-in' }>['user']

/** What belongs to whoever is signed in. */
export function Account({ user }: { user: User }) {
  const client = useClient()
  return (
    <>
      <h1>Your account</h1>
      <p>You are signed in as {user.display}.</p>
      <Addresses />
      <Factors />
      <button type="button" onClick={() => client.logOut()}>
        Sign out
      </button>
    </>
  )
}

function Addresses() {
  const client = useClient()
  const { data = [], reload } = useAccount('listEmailAddresses')
  return (
    <section>
      <h2>Addresses</h2>
      <ul aria-label="Addresses">
        {data.map(({ email }) => (
          <li key={email}>{email}</li>
        ))}
      </ul>
      <Form
        button="Add"
        fields={[{ name: 'email', label: 'Another address', type: 'email' }]}
        send={({ email = '' }) => client.addEmailAddress({ email })}
        onDone={reload}
      />
    </section>
  )
}

function Factors() {
  const client = useClient()
  const { data = [], reload } = useAccount('listAuthenticators')
  const [secret, setSecret] = useState<string>()
  const hasTotp = data.some(({ type }) => type === 'totp')
  return (
    <section>
      <h2>Second factors</h2>
      <ul aria-label="Second factors">
        {data.map((it) => (
          <li key={it.type === 'webauthn' ? it.id : it.type}>
            {it.type === 'webauthn' ? it.name : it.type}
          </li>
        ))}
      </ul>
      <Form
        button="Add a passkey"
        send={() => addPasskey(client, { name: 'Passkey', passwordless: true })}
        onDone={reload}
      />
      {!hasTotp && secret === undefined && (
        <Form
          button="Add an authenticator app"
          send={async () => {
            const answer = await client.getTotp()
            // There is none yet, hence 404: but here is what to make one from.
            if (answer.status === 404) setSecret(answer.meta.secret)
            return answer
          }}
        />
      )}
      {!hasTotp && secret !== undefined && (
        <>
          <p>
            Add this to your app: <output>{secret}</output>
          </p>
          <Form
            button="Activate"
            fields={[{ name: 'code', label: 'What it shows', autoComplete: 'one-time-code' }]}
            send={({ code = '' }) => client.activateTotp({ code })}
            onDone={reload}
          />
        </>
      )}
    </section>
  )
}
