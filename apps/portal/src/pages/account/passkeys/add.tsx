import { addPasskey } from '@latchkey/client'
import { useState } from 'react'
import { client } from '../../../lib/client.ts'
import { useConfiguration } from '../../../lib/configuration.tsx'
import { useSay } from '../../../lib/language.tsx'
import { Field } from '../../../ui/field.tsx'
import { Form } from '../../../ui/form.tsx'
import { useTell } from '../told.tsx'
import { useChange } from '../use-change.ts'

/** Makes a key, which the browser then asks for. */
export function AddKey({ onAdded }: { onAdded(areCodesMade: boolean): Promise<void> }) {
  const say = useSay()
  const tell = useTell()
  const { mfa } = useConfiguration()
  const [round, setRound] = useState(0)
  const change = useChange(
    (name: string, passwordless: boolean) =>
      addPasskey(client, { ...(name && { name }), passwordless }),
    {
      async onDone(answer) {
        setRound(round + 1)
        tell(say('account.keyAdded'))
        await onAdded('meta' in answer && answer.meta?.recovery_codes_generated === true)
      },
      refusals: { 409: 'account.keyRefused' },
    },
  )
  const canBeAlone = mfa?.passkey_login_enabled ?? false
  return (
    <Form
      key={round}
      state={change}
      submit={say('account.keyAdd')}
      onSubmit={({ name = '', kind }) => change.run(name.trim(), canBeAlone && kind === 'passkey')}
    >
      <Field
        name="name"
        label={say('account.keyName')}
        hint={say('account.keyNameHint')}
        maxLength={100}
        autoComplete="off"
      />
      {canBeAlone && (
        <fieldset className="choice">
          <legend>{say('account.keyKind')}</legend>
          <label>
            <input type="radio" name="kind" value="passkey" defaultChecked />
            <span>
              {say('account.passkey')}
              <span className="muted">{say('account.passkeyText')}</span>
            </span>
          </label>
          <label>
            <input type="radio" name="kind" value="factor" />
            <span>
              {say('account.securityKey')}
              <span className="muted">{say('account.securityKeyText')}</span>
            </span>
          </label>
        </fieldset>
      )}
    </Form>
  )
}
