import { useState } from 'react'
import { client } from '../../../lib/client.ts'
import { useSay } from '../../../lib/language.tsx'
import { Button } from '../../../ui/button.tsx'
import { useTell } from '../told.tsx'
import { Badge } from '../ui/badge.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { Section } from '../ui/section.tsx'
import { When } from '../ui/when.tsx'
import { Wrong } from '../ui/wrong.tsx'
import { useChange } from '../use-change.ts'
import { type Secret, SetUp } from './set-up.tsx'

interface AppProps {
  /** The app that is set up, if there is one. */
  app: { created_at: number; last_used_at: number | null } | undefined
  onActivated(): Promise<void>
  onDeactivated(): Promise<void>
}

/** The authenticator app of the user, of whom each has one at most. */
export function App({ app, onActivated, onDeactivated }: AppProps) {
  const say = useSay()
  return (
    <Section title={say('account.app')} intro={say('account.appText')}>
      {app ? (
        <>
          <p>
            <Badge look="good">{say('account.appOn')}</Badge>
          </p>
          <dl className="facts">
            <div>
              <dt>{say('account.addedAt')}</dt>
              <dd>
                <When at={app.created_at} />
              </dd>
            </div>
            <div>
              <dt>{say('account.usedAt')}</dt>
              <dd>
                {app.last_used_at === null ? (
                  say('account.neverUsed')
                ) : (
                  <When at={app.last_used_at} />
                )}
              </dd>
            </div>
          </dl>
          <Deactivate onDeactivated={onDeactivated} />
        </>
      ) : (
        <Begin onActivated={onActivated} />
      )}
    </Section>
  )
}

function Begin({ onActivated }: Pick<AppProps, 'onActivated'>) {
  const say = useSay()
  const [secret, setSecret] = useState<Secret | null>(null)
  const begin = useChange(
    async () => {
      const answer = await client.getTotp({ totp_svg: true })
      // Before there is an app, 404 brings what to set one up with.
      return answer.status === 404 ? { status: 200 as const, secret: answer.meta } : answer
    },
    {
      onDone(answer) {
        if ('secret' in answer) return setSecret(answer.secret)
        // It was set up elsewhere meanwhile.
        return onActivated()
      },
    },
  )
  if (secret) {
    return <SetUp secret={secret} onActivated={onActivated} onCancel={() => setSecret(null)} />
  }
  return (
    <>
      <Wrong of={begin} />
      <div>
        <Button look="primary" isPending={begin.isPending} onClick={() => void begin.run()}>
          {say('account.appSetUp')}
        </Button>
      </div>
    </>
  )
}

function Deactivate({ onDeactivated }: Pick<AppProps, 'onDeactivated'>) {
  const say = useSay()
  const tell = useTell()
  const [asked, setAsked] = useState<true | null>(null)
  const change = useChange((_: true) => client.deactivateTotp(), {
    async onDone() {
      setAsked(null)
      tell(say('account.appRemoved'))
      await onDeactivated()
    },
  })
  return (
    <div>
      <Button onClick={() => setAsked(true)}>{say('account.appRemove')}</Button>
      <Confirm
        title={say('account.appRemoveTitle')}
        action={say('account.appRemove')}
        about={asked}
        change={change}
        onClose={() => setAsked(null)}
      >
        {say('account.appRemoveText')}
      </Confirm>
    </div>
  )
}
