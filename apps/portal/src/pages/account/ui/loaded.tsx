import type { LatchkeyError } from '@latchkey/client'
import type { ReactNode } from 'react'
import { useSay } from '../../../lib/language.tsx'
import { sayFailure } from '../../../lib/say-error.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'

interface LoadedProps<Data> {
  /** What `useAccount` tells. */
  of: {
    data: Data | undefined
    failure: LatchkeyError | null
    reload(): Promise<void>
  }
  children(data: Data): ReactNode
}

/** Something that has to come first, and why it did not. */
export function Loaded<Data>({ of: { data, failure, reload }, children }: LoadedProps<Data>) {
  const say = useSay()
  if (failure) {
    return (
      <div className="stack">
        <Notice kind="error">{sayFailure(say, failure)}</Notice>
        <Button onClick={reload}>{say('common.retry')}</Button>
        {data !== undefined && children(data)}
      </div>
    )
  }
  if (data !== undefined) return <>{children(data)}</>
  return (
    <div className="loading" role="status">
      <span className="hidden">{say('common.loading')}</span>
    </div>
  )
}
