import type { LatchkeyError } from '@latchkey/client'
import { useSay } from '../lib/language.tsx'
import { sayFailure } from '../lib/say-error.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

/** Why nothing can be shown, with a way to try again. */
export function Unreachable({ failure, onRetry }: { failure: LatchkeyError; onRetry(): void }) {
  const say = useSay()
  return (
    <main className="page page-alone">
      <h1>{say('common.unavailable')}</h1>
      <Notice kind="error">{sayFailure(say, failure)}</Notice>
      <Button look="primary" onClick={onRetry}>
        {say('common.retry')}
      </Button>
    </main>
  )
}
