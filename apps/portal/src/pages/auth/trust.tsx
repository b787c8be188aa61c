import { useAuth } from '@latchkey/client/react'
import { useState } from 'react'
import { client } from '../../lib/client.ts'
import { useSay } from '../../lib/language.tsx'
import { useSubmit } from '../../lib/use-submit.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Ended } from './ended.tsx'
import { Problems } from './problems.tsx'

/** Whether this browser is spared the next time. */
export function Trust() {
  const say = useSay()
  const auth = useAuth()
  const [answered, setAnswered] = useState<boolean | null>(null)
  const state = useSubmit((trust: boolean) => client.trustBrowser({ trust }))
  if (auth.status !== 'pending') return <Ended notice="auth.ended" />

  function answer(trust: boolean): void {
    setAnswered(trust)
    void state.call(trust)
  }

  return (
    <Page title={say('auth.trustTitle')}>
      <p>{say('auth.trustText')}</p>
      <Problems state={state} />
      <div className="ways">
        <Button
          look="primary"
          isPending={state.isPending && answered === true}
          onClick={() => answer(true)}
        >
          {say('auth.trustYes')}
        </Button>
        <Button isPending={state.isPending && answered === false} onClick={() => answer(false)}>
          {say('auth.trustNo')}
        </Button>
      </div>
    </Page>
  )
}
