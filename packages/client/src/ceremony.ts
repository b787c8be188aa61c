/** A question for a key, which its signal ends. */
type Asking<T> = (own: { signal: AbortSignal }) => Promise<T>

/** What goes on in this page: browsers refuse a second question while one is open. */
let running: AbortController | undefined

/** Ends what asked before, and asks. */
export async function alone<T>(signal: AbortSignal | undefined, run: Asking<T>): Promise<T> {
  running?.abort()
  const { controller, release } = follower(signal)
  running = controller
  try {
    return await run({ signal: controller.signal })
  } finally {
    release()
    if (running === controller) running = undefined
  }
}

/** How long a suggestion is left standing: the server takes an answer for ten minutes. */
const freshMs = 9 * 60_000

/** Undefined where no answer came while the options were fresh. */
export async function inTime<T>(signal: AbortSignal, run: Asking<T>): Promise<T | undefined> {
  const { controller, release } = follower(signal)
  const timer = setTimeout(() => controller.abort(), freshMs)
  try {
    return await run({ signal: controller.signal })
  } catch (error) {
    if (signal.aborted || !controller.signal.aborted) throw error
    return undefined
  } finally {
    clearTimeout(timer)
    release()
  }
}

/** A controller that is aborted with the signal, until it is released. */
function follower(signal: AbortSignal | undefined) {
  const controller = new AbortController()
  const abort = () => controller.abort(signal?.reason)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  return { controller, release: () => signal?.removeEventListener('abort', abort) }
}
