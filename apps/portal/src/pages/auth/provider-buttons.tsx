import { useCall } from '@latchkey/client/react'
import { useLocation } from 'react-router'
import { addressOf, client } from '../../lib/client.ts'
import { withNext } from '../../lib/flows.ts'
import { useSay } from '../../lib/language.tsx'
import { useProviders } from '../../lib/providers.ts'
import { sayFailure } from '../../lib/say-error.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** A way to each provider, from where people come back to a page of these. */
export function ProviderButtons() {
  const say = useSay()
  const { search } = useLocation()
  const providers = useProviders()
  const { call, isPending, failure } = useCall(async (provider: string) => {
    const callback_url = addressOf(withNext('/provider/callback', search))
    await client.redirectToProvider({ provider, process: 'login', callback_url })
    return {}
  })
  return (
    <div className="providers">
      {failure && <Notice kind="error">{sayFailure(say, failure)}</Notice>}
      {providers.map(({ id, name }) => (
        <Button key={id} isPending={isPending} onClick={() => call(id)}>
          <span className="monogram" aria-hidden="true">
            {[...name][0]?.toUpperCase()}
          </span>
          <span>{say('auth.continueWith', { provider: name })}</span>
        </Button>
      ))}
    </div>
  )
}
