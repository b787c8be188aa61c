import { useCall } from '@latchkey/client/react'
import { useLocation, useNavigate } from 'react-router'
import { client } from '../../lib/client.ts'
import { withNext } from '../../lib/flows.ts'
import { useSay } from '../../lib/language.tsx'
import { sayFailure } from '../../lib/say-error.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Gives a login up, so that another one can be begun. */
export function StartOver() {
  const say = useSay()
  const navigate = useNavigate()
  const { search } = useLocation()
  const { call, isPending, failure } = useCall(() => client.logOut())
  return (
    <div className="stack">
      {failure && <Notice kind="error">{sayFailure(say, failure)}</Notice>}
      <p className="center">
        <Button
          look="quiet"
          isPending={isPending}
          onClick={async () => {
            if (await call()) navigate(withNext('/login', search), { replace: true })
          }}
        >
          {say('auth.startOver')}
        </Button>
      </p>
    </div>
  )
}
