import { reauthenticateWithPasskey } from '@latchkey/client'
import { useClient, useReauthentication } from '@latchkey/client/react'
import { useEffect, useRef } from 'react'
import { Form } from './form.tsx'

/** Asks who it is, once more, as soon as a call needs that. The call goes on afterwards by itself. */
export function Reauthenticate() {
  const client = useClient()
  const { flows, cancel } = useReauthentication()
  const dialog = useRef<HTMLDialogElement>(null)
  const isOpen = flows !== null
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  const has = (id: string) => flows?.some((flow) => flow.id === id)
  const second = flows?.find((flow) => flow.id === 'mfa_reauthenticate')
  return (
    <dialog ref={dialog} onCancel={cancel} aria-label="Is it you?">
      {has('reauthenticate') && (
        <Form
          button="Prove it"
          fields={[
            {
              name: 'password',
              label: 'Your password',
              type: 'password',
              autoComplete: 'current-password',
            },
          ]}
          send={({ password = '' }) => client.reauthenticate({ password })}
        />
      )}
      {second?.types.includes('webauthn') && (
        <Form button="Prove it with a key" send={() => reauthenticateWithPasskey(client)} />
      )}
      {second?.types.includes('totp') && (
        <Form
          button="Prove it with a code"
          fields={[{ name: 'code', label: 'Your code', autoComplete: 'one-time-code' }]}
          send={({ code = '' }) => client.reauthenticateWithCode({ code })}
        />
      )}
      <button type="button" onClick={cancel}>
        Cancel
      </button>
    </dialog>
  )
}
