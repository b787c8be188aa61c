import { useAuth, useClient } from '@latchkey/client/react'
import { Account } from './account.tsx'
import { Reauthenticate } from './reauthenticate.tsx'
import { SignIn } from './sign-in.tsx'
import { Step } from './step.tsx'

/** Shows what there is to do: the state of the client says it all. */
export function App() {
  const client = useClient()
  const state = useAuth()
  switch (state.status) {
    case 'unknown':
      if (!state.failure) return <p>One moment.</p>
      return (
        <p role="alert">
          The server does not answer.
          <button type="button" onClick={() => client.getSession().catch(() => {})}>
            Try again
          </button>
        </p>
      )
    case 'signed-out':
      return <SignIn />
    case 'pending':
      return <Step flow={state.pending} />
    case 'signed-in':
    case 'reauthentication':
      return (
        <>
          <Account user={state.user} />
          <Reauthenticate />
        </>
      )
  }
}
