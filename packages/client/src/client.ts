import { type AccessTokenOptions, accessTokens } from './access-token.ts'
import { createAsk } from './ask.ts'
import { LatchkeyError } from './errors.ts'
import { operations } from './operations.ts'
import { type ClientOptions, type ClientSettings, settingsOf } from './options.ts'
import { type ProviderRedirect, submitRedirect } from './redirect.ts'
import type { Envelope } from './send.ts'
import { type AuthState, createStore, stateOf, userOf } from './state.ts'
import { openTabs } from './tabs.ts'
import type { Answer, CallOptions, OperationName, Operations } from './types.ts'

/**
 * A client of one server. Its operations resolve to what the API answers, refusals as well, told apart by
 * `status`, and reject with `LatchkeyError` where there is no answer.
 */
export interface Client extends Operations {
  readonly settings: Readonly<ClientSettings>
  /** What the answers so far tell; `getSession` asks. */
  readonly state: AuthState
  /** Calls `listener` after each change of `state`. Returns what ends that. */
  subscribe(listener: () => void): () => void
  /**
   * Takes care of calls that need a new proof first (401 while signed in): once `handler` resolves to true
   * they are sent again and resolve to what is answered then. One handler at a time; null removes it.
   */
  onReauthentication(handler: Reauthentication | null): void
  /** Leaves the page for a provider. Only in browsers. */
  redirectToProvider(redirect: ProviderRedirect): Promise<void>
  /** An access token (JWT) that still lasts, renewed if need be; null where there is none. Only for apps. */
  accessToken(options?: AccessTokenOptions): Promise<string | null>
  /** Ends what goes on in the background. */
  close(): void
}

/** Asks the user for a new proof; false where there is none. */
export type Reauthentication = (
  state: Extract<AuthState, { status: 'reauthentication' }>,
) => Promise<boolean>

/** Makes a client. Nothing is sent before the first call. */
export function createClient(options: ClientOptions = {}): Client {
  const settings = settingsOf(options)
  const store = createStore<AuthState>({ status: 'unknown' })
  const look = () => void client.getSession().catch(() => {})
  const shared = settings.kind === 'app' ? settings.tokens : undefined
  const tabs = openTabs(`latchkey ${settings.url}`, look, shared)
  const ask = createAsk(settings, store, tabs)
  let handler: Reauthentication | null = null
  let proving: Promise<boolean> | undefined

  async function call(
    name: OperationName,
    input?: object,
    { signal }: CallOptions = {},
  ): Promise<Envelope> {
    const envelope = await ask(name, input, signal)
    const state = stateOf(envelope)
    if (state?.status !== 'reauthentication' || handler === null) return envelope
    // Calls that meet the same question wait for the same answer.
    proving ??= handler(state).finally(() => {
      proving = undefined
    })
    const isProved = await unlessAborted(proving, signal)
    // Another tab may have signed somebody else in meanwhile, who has asked for nothing.
    return isProved && userOf(store.get()) === state.user.id ? ask(name, input, signal) : envelope
  }

  const calls = Object.fromEntries(
    Object.keys(operations).map((name) => [
      name,
      (input?: object, callOptions?: CallOptions) =>
        call(name as OperationName, input, callOptions),
    ]),
  ) as unknown as Operations // Their types are made from the same table and the contract.

  const client: Client = {
    ...calls,
    settings,
    get state() {
      return store.get()
    },
    subscribe: store.subscribe,
    onReauthentication(next) {
      handler = next
    },
    redirectToProvider: async (redirect) => submitRedirect(settings, redirect, await ask.csrf()),
    accessToken: accessTokens({
      tokens: settings.tokens,
      tabs,
      refresh: (refresh_token) =>
        ask('refreshTokens', { refresh_token }) as Promise<Answer<'refreshTokens'>>,
    }),
    close: tabs.close,
  }
  return client
}

/** Waits for it no longer than the signal lets. */
function unlessAborted<T>(running: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return running
  return new Promise((resolve, reject) => {
    const abort = () => reject(new LatchkeyError('aborted', 'the call was given up'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
