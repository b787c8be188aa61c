import { type Account, useAccount } from '@latchkey/client/react'
import { useState } from 'react'
import { client } from '../../lib/client.ts'
import { useSay } from '../../lib/language.tsx'
import { useProviders } from '../../lib/providers.ts'
import { Page } from '../../ui/page.tsx'
import { ConnectList } from './connect.tsx'
import { useTell } from './told.tsx'
import { Confirm } from './ui/confirm.tsx'
import { Loaded } from './ui/loaded.tsx'
import { RowAction } from './ui/row-action.tsx'
import { Section } from './ui/section.tsx'
import { useChange } from './use-change.ts'

type Connected = NonNullable<Account<'listProviderAccounts'>['data']>[number]

/** The user's accounts at providers. */
export function Connections() {
  const say = useSay()
  const list = useAccount('listProviderAccounts')
  const offered = useProviders()
  return (
    <Page title={say('account.connections')}>
      <Loaded of={list}>
        {(accounts) => (
          <Section title={say('account.connected')} intro={say('account.connectedText')}>
            <ConnectedList accounts={accounts} onChanged={list.reload} />
          </Section>
        )}
      </Loaded>
      {offered.length > 0 && (
        <Section title={say('account.connect')} intro={say('account.connectText')}>
          <ConnectList
            providers={offered}
            connected={list.data?.map(({ provider }) => provider.id)}
          />
        </Section>
      )}
    </Page>
  )
}

interface ConnectedListProps {
  accounts: readonly Connected[]
  onChanged(): Promise<void>
}

function ConnectedList({ accounts, onChanged }: ConnectedListProps) {
  const say = useSay()
  const tell = useTell()
  const [asked, setAsked] = useState<Connected | null>(null)
  const change = useChange(
    ({ provider, uid }: Connected) =>
      client.disconnectProviderAccount({ provider: provider.id, account: uid }),
    {
      async onDone() {
        setAsked(null)
        tell(say('account.disconnected', { provider: asked?.provider.name ?? '' }))
        await onChanged()
      },
    },
  )
  if (accounts.length === 0) return <p>{say('account.connectedEmpty')}</p>
  return (
    <>
      <ul className="rows" aria-label={say('account.connected')}>
        {accounts.map((account) => (
          <li key={`${account.provider.id} ${account.uid}`}>
            <div>
              <strong>{account.provider.name}</strong>
              <p className="muted">
                <bdi>{account.display}</bdi>
              </p>
            </div>
            <div className="row-actions">
              <RowAction
                about={`${account.provider.name} ${account.display}`}
                onClick={() => setAsked(account)}
              >
                {say('account.disconnect')}
              </RowAction>
            </div>
          </li>
        ))}
      </ul>
      <Confirm
        title={say('account.disconnectTitle')}
        action={say('account.disconnect')}
        about={asked}
        change={change}
        onClose={() => setAsked(null)}
      >
        {say('account.disconnectText', {
          provider: asked?.provider.name ?? '',
          account: asked?.display ?? '',
        })}
      </Confirm>
    </>
  )
}
