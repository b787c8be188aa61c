import { supportsPasskeys } from '@latchkey/client'
import { type Account, useAccount } from '@latchkey/client/react'
import { useState } from 'react'
import { client } from '../../../lib/client.ts'
import { useConfiguration } from '../../../lib/configuration.tsx'
import { useSay } from '../../../lib/language.tsx'
import { Page } from '../../../ui/page.tsx'
import { CodeList } from '../authenticators/code-list.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Section } from '../ui/section.tsx'
import { Wrong } from '../ui/wrong.tsx'
import { useChange } from '../use-change.ts'
import { AddKey } from './add.tsx'
import { KeyList } from './list.tsx'

type Authenticator = NonNullable<Account<'listAuthenticators'>['data']>[number]

/** A passkey or security key. */
export type Key = Extract<Authenticator, { type: 'webauthn' }>

/** The passkeys and security keys of the user. */
export function Passkeys() {
  const say = useSay()
  const { mfa } = useConfiguration()
  const list = useAccount('listAuthenticators')
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const made = useChange(() => client.getRecoveryCodes(), {
    onDone: ({ data }) => setCodes(data.unused_codes ?? []),
  })

  async function added(areCodesMade: boolean): Promise<void> {
    await list.reload()
    if (areCodesMade && mfa?.supported_types.includes('recovery_codes')) await made.run()
  }

  return (
    <Page title={say('account.passkeys')}>
      <Wrong of={made} />
      {codes && (
        <Section title={say('account.codes')} intro={say('account.codesText')}>
          <CodeList codes={codes} isFresh />
        </Section>
      )}
      <Loaded of={list}>
        {(authenticators) => (
          <Section title={say('account.keys')} intro={say('account.keysText')}>
            <KeyList
              keys={authenticators.filter((it): it is Key => it.type === 'webauthn')}
              onChanged={list.reload}
            />
          </Section>
        )}
      </Loaded>
      <Section title={say('account.keyAdd')}>
        {supportsPasskeys() ? <AddKey onAdded={added} /> : <p>{say('account.keyUnsupported')}</p>}
      </Section>
    </Page>
  )
}
