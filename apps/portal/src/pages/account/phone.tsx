import { type Account, useAccount } from '@latchkey/client/react'
import { useState } from 'react'
import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSay } from '../../lib/language.tsx'
import { toE164 } from '../../lib/phone.ts'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Page } from '../../ui/page.tsx'
import { useTell } from './told.tsx'
import { Badge } from './ui/badge.tsx'
import { CodeDialog } from './ui/code-dialog.tsx'
import { Loaded } from './ui/loaded.tsx'
import { Section } from './ui/section.tsx'
import { useChange } from './use-change.ts'

type Numbers = NonNullable<Account<'listPhoneNumbers'>['data']>

/** The phone number of the user, of whom each has one at most. */
export function Phone() {
  const say = useSay()
  const list = useAccount('listPhoneNumbers')
  return (
    <Page title={say('account.phone')}>
      <Loaded of={list}>
        {(numbers) => (
          <>
            <Section title={say('account.phoneOwn')} intro={say('account.phoneOwnText')}>
              <NumberList numbers={numbers} />
            </Section>
            <Section
              title={say(numbers.length > 0 ? 'account.phoneChange' : 'account.phoneAdd')}
              intro={say('account.phoneChangeText')}
            >
              <ChangeNumber onChanged={list.reload} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function NumberList({ numbers }: { numbers: Numbers }) {
  const say = useSay()
  if (numbers.length === 0) return <p>{say('account.phoneEmpty')}</p>
  return (
    <ul className="rows" aria-label={say('account.phoneOwn')}>
      {numbers.map(({ phone, verified }) => (
        <li key={phone}>
          <bdi dir="ltr">{phone}</bdi>
          <Badge look={verified ? 'good' : 'warning'}>
            {say(verified ? 'account.phoneVerified' : 'account.phoneUnverified')}
          </Badge>
        </li>
      ))}
    </ul>
  )
}

/** Takes another number, and the code that was sent there. */
function ChangeNumber({ onChanged }: { onChanged(): Promise<void> }) {
  const say = useSay()
  const tell = useTell()
  const { portal } = useConfiguration()
  const [waiting, setWaiting] = useState<string | null>(null)
  const [round, setRound] = useState(0)

  async function changed(): Promise<void> {
    setWaiting(null)
    setRound(round + 1)
    tell(say('account.phoneChanged'))
    await onChanged()
  }

  const change = useChange((phone: string) => client.changePhoneNumber({ phone }), {
    onDone: ({ data: [accepted] }) => setWaiting(accepted?.phone ?? null),
    refusals: { 429: 'account.phoneTooSoon' },
  })
  const verify = useChange((code: string) => client.verifyPhone({ code }), {
    onDone: changed,
    refusals: { 409: 'account.codeGone' },
  })
  return (
    <>
      <Form
        key={round}
        state={change}
        submit={say('account.phoneAction')}
        onSubmit={({ phone = '' }) => change.run(toE164(phone))}
      >
        <Field
          name="phone"
          label={say('account.phoneNew')}
          hint={say('account.phoneHint')}
          type="tel"
          autoComplete="tel"
          required
        />
      </Form>
      <CodeDialog
        title={say('account.phoneCodeTitle')}
        sentTo={waiting}
        name="code"
        isNumeric={portal.phone_verification_code.is_numeric}
        verify={verify}
        onClose={() => setWaiting(null)}
      />
    </>
  )
}
