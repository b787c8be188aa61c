import { type Account, useAccount } from '@latchkey/client/react'
import { useConfiguration } from '../../../lib/configuration.tsx'
import { useSay } from '../../../lib/language.tsx'
import { Page } from '../../../ui/page.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Section } from '../ui/section.tsx'
import { AddAddress } from './add.tsx'
import { AddressList } from './list.tsx'
import { useVerification } from './verification.tsx'

export type Address = NonNullable<Account<'listEmailAddresses'>['data']>[number]

/** The addresses of the user; or the one, where there is one that is changed. */
export function Emails() {
  const say = useSay()
  const { portal } = useConfiguration()
  const list = useAccount('listEmailAddresses')
  const verification = useVerification(list.reload)
  const isSingle = portal.changes_email
  return (
    <Page title={say('account.emails')}>
      <Loaded of={list}>
        {(all) => {
          const addresses = distinct(all)
          const most = portal.max_email_addresses ?? null
          const isFull = !isSingle && most !== null && addresses.length >= most
          return (
            <>
              <Section
                title={say(isSingle ? 'account.emailOne' : 'account.emailsOwn')}
                intro={say(isSingle ? 'account.emailOneText' : 'account.emailsOwnText')}
              >
                <AddressList
                  addresses={addresses}
                  verification={verification}
                  onChanged={list.reload}
                />
              </Section>
              <Section
                title={say(isSingle ? 'account.emailChange' : 'account.emailAdd')}
                intro={say(isSingle ? 'account.emailChangeText' : 'account.emailAddText')}
              >
                {isFull ? (
                  <p>{say('errors.max_email_addresses')}</p>
                ) : (
                  <AddAddress
                    isSingle={isSingle}
                    verification={verification}
                    onChanged={list.reload}
                  />
                )}
              </Section>
            </>
          )
        }}
      </Loaded>
      {verification.dialog}
    </Page>
  )
}

/** An address that waits for its code can be listed twice. */
function distinct(addresses: readonly Address[]): Address[] {
  return addresses.filter((it, at) => addresses.findIndex(({ email }) => email === it.email) === at)
}
