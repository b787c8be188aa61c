import { type Account, useAccount } from '@latchkey/client/react'
import { Link } from 'react-router'
import { useConfiguration } from '../../lib/configuration.tsx'
import { type MessageName, useSay } from '../../lib/language.tsx'
import { sayFailure } from '../../lib/say-error.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** With so many recovery codes left, and no more than half of them, it is time for new ones. */
const fewCodes = 3

interface Warning {
  text: MessageName
  action: MessageName
  path: string
}

/** What the user should see to. */
export function Warnings() {
  const { mfa, portal } = useConfiguration()
  return (
    <>
      {portal.has_passwords && <EmailWarnings />}
      {mfa && mfa.supported_types.length > 0 && <FactorWarnings />}
    </>
  )
}

/** Where providers are the only way in, addresses are theirs to verify. */
function EmailWarnings() {
  const emails = useAccount('listEmailAddresses')
  return <WarningList of={emails} warn={warnOfEmails} />
}

function FactorWarnings() {
  const { mfa } = useConfiguration()
  const authenticators = useAccount('listAuthenticators')
  const path = mfa?.supported_types.includes('totp')
    ? '/account/authenticators'
    : '/account/passkeys'
  return <WarningList of={authenticators} warn={(list) => warnOfFactors(list, path)} />
}

interface WarningListProps<Data> {
  of: Pick<Account<'listEmailAddresses'>, 'failure' | 'reload'> & { data: Data | undefined }
  warn(data: Data): Warning[]
}

function WarningList<Data>({ of: { data, failure, reload }, warn }: WarningListProps<Data>) {
  const say = useSay()
  if (failure) {
    return (
      <Notice kind="error">
        {sayFailure(say, failure)}{' '}
        <Button look="quiet" onClick={reload}>
          {say('common.retry')}
        </Button>
      </Notice>
    )
  }
  if (data === undefined) return null
  return warn(data).map(({ text, action, path }) => (
    <div key={text} className="warning">
      <p>{say(text)}</p>
      <Link to={path}>{say(action)}</Link>
    </div>
  ))
}

function warnOfEmails(list: NonNullable<Account<'listEmailAddresses'>['data']>): Warning[] {
  if (list.every(({ verified }) => verified)) return []
  return [{ text: 'account.warnEmail', action: 'account.warnEmailAction', path: '/account/emails' }]
}

function warnOfFactors(
  list: NonNullable<Account<'listAuthenticators'>['data']>,
  path: string,
): Warning[] {
  const codes = list.find((it) => it.type === 'recovery_codes')
  if (!list.some(({ type }) => type !== 'recovery_codes')) {
    return [{ text: 'account.warnFactor', action: 'account.warnFactorAction', path }]
  }
  if (codes?.type !== 'recovery_codes') return []
  const { unused_code_count: left, total_code_count: total } = codes
  if (left > fewCodes || left > total / 2) return []
  return [
    {
      text: 'account.warnCodes',
      action: 'account.warnCodesAction',
      path: '/account/authenticators',
    },
  ]
}
