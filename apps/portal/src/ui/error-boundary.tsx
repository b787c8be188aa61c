import { Component, type ReactNode } from 'react'
import { useSay } from '../lib/language.tsx'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

/** Says that something is broken, such as a file that is not there any more, in place of an empty page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children
  }
}

function Broken() {
  const say = useSay()
  return (
    <main className="page page-alone">
      <h1>{say('common.unavailable')}</h1>
      <Notice kind="error">{say('common.failed')}</Notice>
      <Button look="primary" onClick={() => location.reload()}>
        {say('common.retry')}
      </Button>
    </main>
  )
}
