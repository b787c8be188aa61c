import type { LatchkeyError } from '@latchkey/client'
import { useState } from 'react'
import { useSay } from '../lib/language.tsx'
import { sayFailure } from '../lib/say-error.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

interface UnreachableProps {
  failure: LatchkeyError
  /** May be a promise, which resolves when it is over, well or not: the button then waits for it. */
  onRetry(): unknown
}

/** Why nothing can be shown, with a way to try again. */
export function Unreachable({ failure, onRetry }: UnreachableProps) {
  const say = useSay()
  const [isPending, setPending] = useState(false)

  async function retry(): Promise<void> {
    setPending(true)
    await onRetry()
    setPending(false)
  }

  return (
    <main className="page page-alone">
      <h1>{say('common.unavailable')}</h1>
      <Notice kind="error">{sayFailure(say, failure)}</Notice>
      <Button look="primary" isPending={isPending} onClick={() => void retry()}>
        {say('common.retry')}
      </Button>
    </main>
  )
}
