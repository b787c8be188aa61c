import type { AuthenticationMethod, User } from '@latchkey/contract'
import type { LatchkeyError } from './errors.ts'
import type { Envelope } from './send.ts'
import type { Flow } from './types.ts'

/** Where somebody is with signing in, as far as the answers so far tell. */
export type AuthState =
  /** Nothing was answered yet, because of `failure` where there is one: then ask again. */
  | { readonly status: 'unknown'; readonly failure?: LatchkeyError }
  | { readonly status: 'signed-out'; readonly flows: readonly Flow[] }
  /** A step was begun and waits for what it asks for. */
  | { readonly status: 'pending'; readonly pending: Flow; readonly flows: readonly Flow[] }
  | {
      readonly status: 'signed-in'
      readonly user: User
      readonly methods: readonly AuthenticationMethod[]
    }
  /** Signed in, but what was asked for needs a new proof first, by one of the flows. */
  | {
      readonly status: 'reauthentication'
      readonly user: User
      readonly methods: readonly AuthenticationMethod[]
      readonly flows: readonly Flow[]
    }

/** A value that tells when it changes. */
export interface Store<T> {
  get(): T
  set(value: T): void
  subscribe(listener: () => void): () => void
}

/** Keeps a value. */
export function createStore<T>(initial: T): Store<T> {
  const listeners = new Set<() => void>()
  let value = initial
  return {
    get: () => value,
    set(next) {
      // Who shows the state need not do so again for the same, nor ask again because of it.
      if (JSON.stringify(next) === JSON.stringify(value)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The state that an answer tells; undefined where it is about something else. */
export function stateOf({ status, data, meta }: Envelope): AuthState | undefined {
  if (meta?.is_authenticated === undefined) return undefined
  // The contract has these members beside this one.
  const {
    user,
    methods,
    flows = [],
  } = data as {
    user?: User
    methods?: AuthenticationMethod[]
    flows?: Flow[]
  }
  if (!meta.is_authenticated || !user) {
    const pending = flows.find((flow) => flow.is_pending)
    return pending ? { status: 'pending', pending, flows } : { status: 'signed-out', flows }
  }
  const signedIn = { user, methods: methods ?? [] }
  return status === 401
    ? { status: 'reauthentication', ...signedIn, flows }
    : { status: 'signed-in', ...signedIn }
}

/** Who is signed in; undefined where nobody is known to be. */
export function userOf(state: AuthState): User['id'] | undefined {
  return 'user' in state ? state.user.id : undefined
}
