import { useState } from 'react'
import { client } from '../../../lib/client.ts'
import { useConfiguration } from '../../../lib/configuration.tsx'
import { useSay } from '../../../lib/language.tsx'
import { useTell } from '../told.tsx'
import { Badge } from '../ui/badge.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { RowAction } from '../ui/row-action.tsx'
import { Wrong } from '../ui/wrong.tsx'
import { useChange } from '../use-change.ts'
import type { Address } from './page.tsx'
import type { Verification } from './verification.tsx'

interface AddressListProps {
  addresses: readonly Address[]
  verification: Verification
  onChanged(): Promise<void>
}

/** The addresses, with what can be done about each. */
export function AddressList({ addresses, verification, onChanged }: AddressListProps) {
  const say = useSay()
  const tell = useTell()
  const may = useAllowed(addresses)
  const [removing, setRemoving] = useState<string | null>(null)
  const promote = useChange(
    async (email: string) => ({
      ...(await client.makeEmailAddressPrimary({ email, primary: true })),
      email,
    }),
    {
      async onDone({ email }) {
        tell(say('account.emailIsPrimary', { email }))
        // Who is signed in tells the address, too.
        await Promise.all([onChanged(), client.getSession()])
      },
    },
  )
  const remove = useChange((email: string) => client.removeEmailAddress({ email }), {
    async onDone() {
      tell(say('account.emailRemoved', { email: removing ?? '' }))
      setRemoving(null)
      await Promise.all([onChanged(), client.getSession()])
    },
  })
  if (addresses.length === 0) return <p className="muted">{say('account.emailsEmpty')}</p>
  return (
    <>
      <Wrong of={promote} />
      {removing === null && <Wrong of={remove} />}
      <Wrong of={verification.send} />
      <ul className="rows" aria-label={say('account.emails')}>
        {addresses.map((address) => (
          <li key={address.email}>
            <div>
              <bdi>{address.email}</bdi>
              <div className="badges">
                {address.primary && <Badge>{say('account.primary')}</Badge>}
                {address.verified ? (
                  <Badge look="good">{say('account.verified')}</Badge>
                ) : (
                  <Badge look="warning">{say('account.unverified')}</Badge>
                )}
              </div>
            </div>
            <div className="row-actions">
              {!address.verified && (
                <RowAction
                  about={address.email}
                  isPending={verification.send.isPending}
                  onClick={() => void verification.send.run(address.email)}
                >
                  {say(verification.isByCode ? 'account.emailVerify' : 'account.emailSendLink')}
                </RowAction>
              )}
              {may.promote(address) && (
                <RowAction
                  about={address.email}
                  isPending={promote.isPending}
                  onClick={() => void promote.run(address.email)}
                >
                  {say('account.makePrimary')}
                </RowAction>
              )}
              {may.remove(address) && (
                <RowAction
                  about={address.email}
                  onClick={() => {
                    remove.reset()
                    setRemoving(address.email)
                  }}
                >
                  {say('account.remove')}
                </RowAction>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Confirm
        title={say('account.emailRemoveTitle')}
        action={say('account.remove')}
        about={removing}
        change={remove}
        onClose={() => setRemoving(null)}
      >
        {say('account.emailRemoveText', { email: removing ?? '' })}
      </Confirm>
    </>
  )
}

/** What the server would not refuse anyway. */
function useAllowed(addresses: readonly Address[]) {
  const { account, portal } = useConfiguration()
  const isAnyVerified = addresses.some(({ verified }) => verified)
  const canBeNone = account.login_methods.some((method) => method !== 'email')
  return {
    promote: ({ primary, verified }: Address) =>
      !primary && !portal.changes_email && (verified || !isAnyVerified),
    remove: ({ primary }: Address) => (addresses.length === 1 ? canBeNone : !primary),
  }
}
