/** Lets the tabs of one origin know of one another's changes, and do a thing one after the other. */
export interface Tabs {
  /** Tells the others that who is signed in may have changed. */
  tell(): void
  /** Runs it while no other tab runs something under this name. */
  alone<T>(name: string, run: () => Promise<T>): Promise<T>
  close(): void
}

/** Without BroadcastChannel or locks, as outside of browsers, there are no other tabs to mind. */
export function openTabs(name: string, onTold: () => void): Tabs {
  // Elsewhere than in a page it would keep the program from ending.
  const isPage = typeof document !== 'undefined'
  let channel =
    isPage && typeof BroadcastChannel !== 'undefined' ? new BroadcastChannel(name) : undefined
  // Only where the page came by TLS, or from this machine.
  const locks = isPage ? navigator.locks : undefined
  channel?.addEventListener('message', onTold)
  return {
    tell: () => channel?.postMessage('changed'),
    alone: (what, run) => (locks ? locks.request(`${name} ${what}`, run) : run()),
    close() {
      channel?.close()
      channel = undefined
    },
  }
}
