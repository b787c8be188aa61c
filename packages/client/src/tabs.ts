import type { TokenStore } from './token-store.ts'

/** Lets the tabs of one origin know of one another's changes, and do a thing once. */
export interface Tabs {
  /** Tells the others that who is signed in may have changed. */
  tell(): void
  /** Runs it; undefined, and it is not run, where another tab does so now or did a moment ago. */
  once<T>(name: string, run: () => Promise<T>): Promise<T | undefined>
  close(): void
}

/** How long what one tab has stored may take to be seen by the others, in milliseconds, and more. */
const storedLateMs = 2000

/**
 * Without BroadcastChannel or locks, as outside of browsers, there are no other tabs to mind. A store that tells
 * of changes itself is believed alone: its message comes when the change can be seen, others may come sooner.
 */
export function openTabs(name: string, onTold: () => void, tokens?: TokenStore): Tabs {
  // Elsewhere than in a page it would keep the program from ending.
  const isPage = typeof document !== 'undefined'
  const unfollow = tokens?.onChange?.((changed) => changed === 'session' && onTold())
  let channel =
    isPage && !unfollow && typeof BroadcastChannel !== 'undefined'
      ? new BroadcastChannel(name)
      : undefined
  // Only where the page came by TLS, or from this machine.
  const locks = isPage ? navigator.locks : undefined
  channel?.addEventListener('message', onTold)
  // What happened while a page was put aside, to be gone back to, it was not told.
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) onTold()
  }
  if (isPage) addEventListener('pageshow', onShow)
  return {
    tell: () => channel?.postMessage('changed'),
    once: (what, run) => (locks ? runOnce(locks, `${name} ${what}`, run) : run()),
    close() {
      unfollow?.()
      channel?.close()
      channel = undefined
      if (isPage) removeEventListener('pageshow', onShow)
    },
  }
}

/** Keeps the lock a while longer than it takes: a lock is seen by all tabs at once, what is stored is not. */
function runOnce<T>(
  locks: LockManager,
  name: string,
  run: () => Promise<T>,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const held = locks.request(name, { ifAvailable: true }, async (lock) => {
      if (!lock) return resolve(undefined)
      resolve(await run())
      await new Promise((done) => setTimeout(done, storedLateMs))
    })
    held.catch(reject)
  })
}
