import { useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { addressOf, client } from '../../lib/client.ts'
import { type MessageName, useSay } from '../../lib/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useProof } from './reauthentication.tsx'
import { useTell } from './told.tsx'
import { Wrong } from './ui/wrong.tsx'
import { useChange } from './use-change.ts'

/** What the way back says of a way to a provider that led nowhere. */
const reasons: ReadonlyMap<string, MessageName> = new Map([
  ['cancelled', 'account.connectCancelled'],
  ['connected_other', 'errors.connected_other'],
  ['permission_denied', 'account.connectDenied'],
  ['reauthentication_required', 'account.connectProof'],
])

interface ConnectListProps {
  providers: readonly { id: string; name: string }[]
  /** The ids of the providers that the account is connected with; undefined until they are known. */
  connected: readonly string[] | undefined
}

/** The providers that an account can be connected of; also says how that went. */
export function ConnectList({ providers, connected }: ConnectListProps) {
  const say = useSay()
  const { prove } = useProof()
  const [query] = useSearchParams()
  const isAboutThis = query.get('error_process') !== 'reauthenticate'
  const error = isAboutThis ? query.get('error') : null
  const tried = providers.find(({ id }) => id === query.get('connect'))
  const change = useChange(
    async (id: string, isProofNeeded = false) => {
      if (isProofNeeded && !(await prove())) return { status: 401 }
      const callback_url = addressOf(`/account/connections?${new URLSearchParams({ connect: id })}`)
      await client.redirectToProvider({ provider: id, process: 'connect', callback_url })
      // The browser is about to leave.
      return { status: 302 }
    },
    { onDone: () => {} },
  )
  useConnected(error === null && tried && connected?.includes(tried.id) ? tried.name : null)
  return (
    <>
      {error !== null && (
        <Notice kind="error">
          <p>{say(reasons.get(error) ?? 'account.connectFailed')}</p>
          {/* Anybody can make a link to this page: only its user goes on from here. */}
          {error === 'reauthentication_required' && tried && (
            <Button isPending={change.isPending} onClick={() => void change.run(tried.id, true)}>
              {say('account.proofGive')}
            </Button>
          )}
        </Notice>
      )}
      <Wrong of={change} />
      <div className="actions">
        {providers.map(({ id, name }) => (
          <Button key={id} isPending={change.isPending} onClick={() => void change.run(id)}>
            {say('account.connectTo', { provider: name })}
          </Button>
        ))}
      </div>
    </>
  )
}

/** Says once that the account at the provider of this name is connected, and clears the address. */
function useConnected(name: string | null): void {
  const say = useSay()
  const tell = useTell()
  const [, setQuery] = useSearchParams()
  const isSaid = useRef(false)
  useEffect(() => {
    if (isSaid.current || name === null) return
    isSaid.current = true
    tell(say('account.connectDone', { provider: name }))
    setQuery({}, { replace: true })
  }, [name, tell, say, setQuery])
}
