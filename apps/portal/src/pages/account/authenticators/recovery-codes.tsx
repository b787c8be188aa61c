import { useState } from 'react'
import { client } from '../../../lib/client.ts'
import { useSay } from '../../../lib/language.tsx'
import { Button } from '../../../ui/button.tsx'
import { useTell } from '../told.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { Section } from '../ui/section.tsx'
import { Wrong } from '../ui/wrong.tsx'
import { useChange } from '../use-change.ts'
import { CodeList } from './code-list.tsx'

interface RecoveryCodesProps {
  /** Those that were made a moment ago, if any: they are shown at once. */
  fresh: readonly string[] | null
  set: { total_code_count: number; unused_code_count: number } | undefined
  hasFactor: boolean
  onChanged(): Promise<void>
}

/** The codes to get in with where the factor is lost. */
export function RecoveryCodes({ fresh, set, hasFactor, onChanged }: RecoveryCodesProps) {
  const say = useSay()
  const tell = useTell()
  const [codes, setCodes] = useState(fresh)
  const [asked, setAsked] = useState<true | null>(null)
  const show = useChange(() => client.getRecoveryCodes(), {
    onDone: ({ data }) => setCodes(data.unused_codes ?? []),
    refusals: { 404: 'account.codesNone' },
  })
  const renew = useChange((_: true) => client.generateRecoveryCodes(), {
    async onDone({ data }) {
      setAsked(null)
      setCodes(data.unused_codes)
      tell(say('account.codesRenewed'))
      await onChanged()
    },
  })
  if (!hasFactor) {
    return (
      <Section title={say('account.codes')} intro={say('account.codesText')}>
        <p>{say('account.codesLater')}</p>
      </Section>
    )
  }
  return (
    <Section title={say('account.codes')} intro={say('account.codesText')}>
      <p>
        {set
          ? say('account.codesLeft', { left: set.unused_code_count, total: set.total_code_count })
          : say('account.codesNone')}
      </p>
      {codes && <CodeList codes={codes} isFresh={fresh !== null} />}
      <Wrong of={show} />
      <div className="actions">
        {codes ? (
          <Button onClick={() => setCodes(null)}>{say('account.codesHide')}</Button>
        ) : (
          set && (
            <Button isPending={show.isPending} onClick={() => void show.run()}>
              {say('account.codesShow')}
            </Button>
          )
        )}
        <Button onClick={() => setAsked(true)}>{say('account.codesRenew')}</Button>
      </div>
      <Confirm
        title={say('account.codesRenewTitle')}
        action={say('account.codesRenew')}
        about={asked}
        change={renew}
        onClose={() => setAsked(null)}
      >
        {say('account.codesRenewText')}
      </Confirm>
    </Section>
  )
}
