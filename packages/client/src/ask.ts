import { csrfToken } from './csrf.ts'
import { LatchkeyError } from './errors.ts'
import { forgetTokens, keepTokens } from './keep-tokens.ts'
import { type Operation, operations } from './operations.ts'
import type { ClientSettings } from './options.ts'
import { type Envelope, send } from './send.ts'
import { type AuthState, type Store, stateOf, userOf } from './state.ts'
import type { Tabs } from './tabs.ts'
import type { OperationName } from './types.ts'
import { written } from './written.ts'

/** Asks for an operation, and keeps what its answer tells of the session. */
export interface Ask {
  (name: OperationName, input?: object, signal?: AbortSignal): Promise<Envelope>
  /** The token against forged requests, asked for if there is none yet. */
  csrf(): Promise<string>
}

export function createAsk(settings: ClientSettings, store: Store<AuthState>, tabs: Tabs): Ask {
  const { url, kind, tokens, timeout, fetch, csrfCookieName, csrfHeaderName } = settings
  const isApp = kind === 'app'
  /** Counts requests and changes of the state, to tell which came first. */
  let ticks = 0
  let changedAt = 0
  let configuring: Promise<unknown> | undefined
  let absorbing: Promise<unknown> = Promise.resolve()

  async function once(name: OperationName, input?: object, signal?: AbortSignal) {
    const operation: Operation = operations[name]
    const session = isApp ? await tokens.get('session') : null
    const proof = isApp ? sessionHeader(session) : await csrfHeader(operation, signal)
    const startedAt = ++ticks
    const { target, init } = written(operation, input, proof)
    const envelope = await send({
      url: `${url}/${operation.base ?? '_allauth'}/${kind}/v1/${target}`,
      init: { ...init, credentials: isApp ? 'omit' : 'include' },
      fetch,
      timeout,
      signal,
    })
    // One answer after the other: a store of tokens may take its time.
    const absorbed = absorbing.then(() => absorb(name, envelope, { session, startedAt }))
    absorbing = absorbed.catch(() => {})
    await absorbed
    return envelope
  }

  async function absorb(
    name: OperationName,
    envelope: Envelope,
    { session, startedAt }: { session: string | null; startedAt: number },
  ): Promise<void> {
    if (!isApp || (await absorbTokens(name, envelope, session))) note(name, envelope, startedAt)
  }

  /** Keeps what an answer tells of who is signed in. */
  function note(name: OperationName, envelope: Envelope, startedAt: number): void {
    const isLook = operations[name].method === 'GET'
    const next = stateOf(envelope)
    if (!next) return
    const before = store.get()
    const isNews = userOf(before) !== userOf(next)
    // A look that began before something changed may be out of date by now, or newer than the change.
    if (isLook && startedAt < changedAt) {
      if (isNews) void once('getSession').catch(() => {})
      return
    }
    changedAt = isLook ? startedAt : ++ticks
    store.set(next)
    if (!isLook && (isNews || before.status === 'unknown')) tabs.tell()
  }

  /** False where the answer is about another session than the one that is kept: from before a login, say. */
  async function absorbTokens(name: OperationName, envelope: Envelope, session: string | null) {
    const isNew = operations[name].method !== 'GET' && envelope.meta?.session_token !== undefined
    if (!isNew && (await tokens.get('session')) !== session) return false
    if (envelope.status === 410) await forgetTokens(tokens)
    else await keepTokens(tokens, envelope, ['logOut', 'deleteAccount'].includes(name))
    return true
  }

  async function csrfHeader(
    { method }: Operation,
    signal?: AbortSignal,
  ): Promise<Record<string, string>> {
    return method === 'GET' ? {} : { [csrfHeaderName]: await csrf(signal) }
  }

  async function csrf(signal?: AbortSignal): Promise<string> {
    if (csrfToken(csrfCookieName) === undefined && !signal?.aborted) {
      // Once for all that wait, or each would bring a token of its own.
      configuring ??= once('getConfiguration').finally(() => {
        configuring = undefined
      })
      await configuring
    }
    // Outside of a page, or from another site, no cookie can be seen: the server says what is wrong.
    return csrfToken(csrfCookieName) ?? ''
  }

  /** A session that is over, or a token against forged requests that has changed, costs a second try. */
  async function retried(name: OperationName, input?: object, signal?: AbortSignal) {
    try {
      const envelope = await once(name, input, signal)
      return envelope.status === 410 ? await once(name, input, signal) : envelope
    } catch (error) {
      const mayBeOld = !isApp && operations[name].method !== 'GET'
      if (!(mayBeOld && error instanceof LatchkeyError && error.code === 'forbidden')) throw error
      await once('getConfiguration', undefined, signal)
      return once(name, input, signal)
    }
  }

  async function ask(name: OperationName, input?: object, signal?: AbortSignal) {
    try {
      const envelope = await retried(name, input, signal)
      if (envelope.status !== 410) return envelope
      throw new LatchkeyError(
        'unexpected',
        'the token store still has the token that it was told to forget',
      )
    } catch (error) {
      const failure = error instanceof LatchkeyError && error.code !== 'aborted' ? error : null
      const isUnknown = store.get().status === 'unknown'
      if (name === 'getSession' && isUnknown && failure) store.set({ status: 'unknown', failure })
      throw error
    }
  }

  return Object.assign(ask, { csrf })
}

function sessionHeader(token: string | null): Record<string, string> {
  return token ? { 'X-Session-Token': token } : {}
}
