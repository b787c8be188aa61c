import { type Account, useAccount } from '@latchkey/client/react'
import { useState } from 'react'
import { client } from '../../lib/client.ts'
import { type Say, useSay } from '../../lib/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { useTell } from './told.tsx'
import { Badge } from './ui/badge.tsx'
import { Confirm } from './ui/confirm.tsx'
import { Fact } from './ui/fact.tsx'
import { Loaded } from './ui/loaded.tsx'
import { RowAction } from './ui/row-action.tsx'
import { Section } from './ui/section.tsx'
import { When } from './ui/when.tsx'
import { useChange } from './use-change.ts'
import { readUserAgent } from './user-agent.ts'

type Session = NonNullable<Account<'listSessions'>['data']>[number]

/** Where the user is signed in. */
export function Sessions() {
  const say = useSay()
  const list = useAccount('listSessions')
  return (
    <Page title={say('account.sessions')}>
      <Loaded of={list}>
        {(sessions) => <SessionList sessions={sessions} onChanged={list.reload} />}
      </Loaded>
    </Page>
  )
}

interface SessionListProps {
  sessions: readonly Session[]
  onChanged(): Promise<void>
}

function SessionList({ sessions, onChanged }: SessionListProps) {
  const say = useSay()
  const tell = useTell()
  const [ending, setEnding] = useState<readonly Session[] | null>(null)
  const others = sessions.filter(({ is_current }) => !is_current)
  const change = useChange(
    (ended: readonly Session[]) => client.endSessions({ sessions: ended.map(({ id }) => id) }),
    {
      async onDone() {
        setEnding(null)
        tell(say('account.sessionsEnded'))
        await onChanged()
      },
    },
  )
  const [one] = ending?.length === 1 ? ending : []
  return (
    <Section title={say('account.sessionsOpen')} intro={say('account.sessionsOpenText')}>
      <ul className="rows" aria-label={say('account.sessionsOpen')}>
        {sessions.map((session) => (
          <li key={session.id}>
            <SessionFacts of={session} />
            {!session.is_current && (
              <div className="row-actions">
                <RowAction
                  about={`${sayDevice(say, session.user_agent)}, ${session.ip}`}
                  onClick={() => setEnding([session])}
                >
                  {say('account.sessionEnd')}
                </RowAction>
              </div>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 ? (
        <div>
          <Button onClick={() => setEnding(others)}>{say('account.sessionsEndOthers')}</Button>
        </div>
      ) : (
        <p className="muted">{say('account.sessionsNoOthers')}</p>
      )}
      <Confirm
        title={say(one ? 'account.sessionEndTitle' : 'account.sessionsEndTitle')}
        action={say(one ? 'account.sessionEnd' : 'account.sessionsEndOthers')}
        about={ending}
        change={change}
        onClose={() => setEnding(null)}
      >
        {one
          ? say('account.sessionEndText', { device: sayDevice(say, one.user_agent) })
          : say('account.sessionsEndText')}
      </Confirm>
    </Section>
  )
}

function SessionFacts({ of: session }: { of: Session }) {
  const say = useSay()
  const { user_agent, ip, created_at, last_seen_at, is_current } = session
  return (
    <div>
      <strong>{sayDevice(say, user_agent)}</strong>
      {is_current && (
        <div className="badges">
          <Badge look="good">{say('account.sessionCurrent')}</Badge>
        </div>
      )}
      <Fact label={say('account.address')}>
        <bdi dir="ltr">{ip}</bdi>
      </Fact>
      <Fact label={say('account.signedInAt')}>
        <When at={created_at} />
      </Fact>
      {last_seen_at !== undefined && (
        <Fact label={say('account.seenAt')}>
          <When at={last_seen_at} />
        </Fact>
      )}
    </div>
  )
}

/** What a device is, as far as it says. */
function sayDevice(say: Say, userAgent: string): string {
  const { program, system } = readUserAgent(userAgent)
  if (program && system) return say('account.deviceOn', { program, system })
  return program ?? system ?? say('account.deviceUnknown')
}
