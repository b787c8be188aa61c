import { csrfToken } from './csrf.ts'
import { LatchkeyError } from './errors.ts'
import { forgetTokens, keepTokens } from './keep-tokens.ts'
import { type Operation, operations } from './operations.ts'
import type { ClientSettings } from './options.ts'
import { type Envelope, send } from './send.ts'
import { type AuthState, type Store, stateOf } from './state.ts'
import type { Tabs } from './tabs.ts'
import type { OperationName } from './types.ts'

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

  async function once(name: OperationName, input?: object, signal?: AbortSignal) {
    const operation: Operation = operations[name]
    const startedAt = ++ticks
    const session = isApp ? await tokens.get('session') : null
    const proof = isApp ? sessionHeader(session) : await csrfHeader(operation)
    const { target, init } = written(operation, input, proof)
    const envelope = await send({
      url: `${url}/_allauth/${kind}/v1/${target}`,
      init: { ...init, credentials: isApp ? 'omit' : 'include' },
      fetch,
      timeout,
      signal,
    })
    if (envelope.status === 410) {
      // Unless a newer one came meanwhile, the token is of no more use.
      if ((await tokens.get('session')) === session) await forgetTokens(tokens)
      return envelope
    }
    if (isApp) await keepTokens(tokens, envelope)
    note(envelope, operation, startedAt)
    return envelope
  }

  function note(envelope: Envelope, { method }: Operation, startedAt: number): void {
    const next = stateOf(envelope)
    // What was asked before something changed may be out of date by now.
    if (!next || (method === 'GET' && startedAt < changedAt)) return
    const before = store.get()
    changedAt = ++ticks
    store.set(next)
    if (method !== 'GET' && userOf(before) !== userOf(next)) tabs.tell()
  }

  async function csrfHeader({ method }: Operation): Promise<Record<string, string>> {
    return method === 'GET' ? {} : { [csrfHeaderName]: await csrf() }
  }

  async function csrf(): Promise<string> {
    if (csrfToken(csrfCookieName) === undefined) await once('getConfiguration')
    // Outside of a page, or from another site, no cookie can be seen: the server says what is wrong.
    return csrfToken(csrfCookieName) ?? ''
  }

  /** A session that is over, or a token against forged requests that has changed, costs a second try. */
  async function ask(name: OperationName, input?: object, signal?: AbortSignal) {
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

  return Object.assign(ask, { csrf })
}

function sessionHeader(token: string | null): Record<string, string> {
  return token === null ? {} : { 'X-Session-Token': token }
}

/** Puts the input where the operation has it: a header, the query or the body. */
function written(
  { method, path, keyHeader }: Operation,
  input: object | undefined,
  headers: Record<string, string>,
): { target: string; init: RequestInit } {
  const init = { method, headers }
  if (input === undefined) return { target: path, init }
  if (method !== 'GET') {
    headers['Content-Type'] = 'application/json'
    return { target: path, init: { ...init, body: JSON.stringify(input) } }
  }
  if (keyHeader !== undefined) {
    headers[keyHeader] = String(Reflect.get(input, 'key'))
    return { target: path, init }
  }
  const asked = Object.keys(input).filter((name) => Reflect.get(input, name))
  return { target: [path, asked.map((name) => `${name}=1`).join('&')].join('?'), init }
}

function userOf(state: AuthState): unknown {
  return 'user' in state ? state.user.id : undefined
}
