import { useAccount } from '@latchkey/client/react'
import { useState } from 'react'
import { client } from '../../../lib/client.ts'
import { useConfiguration } from '../../../lib/configuration.tsx'
import { useSay } from '../../../lib/language.tsx'
import { Page } from '../../../ui/page.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Wrong } from '../ui/wrong.tsx'
import { useChange } from '../use-change.ts'
import { App } from './app.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** The authenticator app, and the codes for when it is lost. */
export function Authenticators() {
  const say = useSay()
  const { mfa } = useConfiguration()
  const list = useAccount('listAuthenticators')
  const [fresh, setFresh] = useState<readonly string[] | null>(null)
  const hasCodes = mfa?.supported_types.includes('recovery_codes') ?? false
  const codes = useChange(() => client.getRecoveryCodes(), {
    onDone: ({ data }) => setFresh(data.unused_codes ?? []),
  })

  async function activated(): Promise<void> {
    // The codes are made along with the first factor.
    const isFirst = list.data?.every(({ type }) => type === 'recovery_codes') ?? false
    await list.reload()
    if (isFirst && hasCodes) await codes.run()
  }

  return (
    <Page title={say('account.authenticators')}>
      <Wrong of={codes} />
      <Loaded of={list}>
        {(authenticators) => (
          <>
            {mfa?.supported_types.includes('totp') && (
              <App
                app={authenticators.find(({ type }) => type === 'totp')}
                onActivated={activated}
                onDeactivated={() => {
                  setFresh(null)
                  return list.reload()
                }}
              />
            )}
            {hasCodes && (
              <RecoveryCodes
                // What was shown before belongs to the set before.
                key={fresh?.join() ?? ''}
                fresh={fresh}
                set={authenticators.find((it) => it.type === 'recovery_codes')}
                hasFactor={authenticators.some(({ type }) => type !== 'recovery_codes')}
                onChanged={list.reload}
              />
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}
