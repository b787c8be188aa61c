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
const reasons: Readonly<Record<string, MessageName>> = {
  cancelled: 'account.connectCancelled',
  connected_other: 'errors.connected_other',
  permission_denied: 'account.connectDenied',
  reauthentication_required: 'account.connectProof',
}

/** The providers that an account can be connected of; also says how that went. */
export function ConnectList({ providers }: { providers: readonly { id: string; name: string }[] }) {
  const say = useSay()
  const tell = useTell()
  const { prove } = useProof()
  const [query, setQuery] = useSearchParams()
  const provider = query.get('connect')
  const isAboutThis = query.get('error_process') !== 'reauthenticate'
  const error = isAboutThis ? query.get('error') : null
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
  const isBack = useRef(provider !== null)
  useEffect(() => {
    if (!isBack.current || provider === null) return
    isBack.current = false
    if (error === null) {
      const { name } = providers.find(({ id }) => id === provider) ?? { name: provider }
      tell(say('account.connectDone', { provider: name }))
      setQuery({}, { replace: true })
    } else if (error === 'reauthentication_required') {
      void change.run(provider, true)
    }
  }, [provider, error, providers, tell, say, setQuery, change.run])
  return (
    <>
      {error && <Notice kind="error">{say(reasons[error] ?? 'account.connectFailed')}</Notice>}
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
