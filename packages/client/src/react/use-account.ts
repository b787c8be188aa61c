import { useCallback, useEffect, useRef, useState } from 'react'
import { LatchkeyError } from '../errors.ts'
import type { Answer } from '../types.ts'
import { useClient } from './provider.ts'
import { useAuth } from './use-auth.ts'

/** What an account has that can be listed. */
export type AccountList =
  | 'listEmailAddresses'
  | 'listPhoneNumbers'
  | 'listAuthenticators'
  | 'listProviderAccounts'
  | 'listSessions'

type Listed<Name extends AccountList> = Extract<Answer<Name>, { status: 200 }>['data']

/** A list of the account, as it was last told. */
export interface Account<Name extends AccountList> {
  /** Undefined until it has come, and where it can not be told. */
  data: Listed<Name> | undefined
  isLoading: boolean
  failure: LatchkeyError | null
  /** Asks again. */
  reload(): Promise<void>
}

interface Loaded<Name extends AccountList> extends Omit<Account<Name>, 'reload'> {
  /** Which list of whom. */
  key: string
}

/** A list of the account that is signed in, asked for anew where somebody else signs in. */
export function useAccount<Name extends AccountList>(name: Name): Account<Name> {
  const client = useClient()
  const state = useAuth()
  const userId = 'user' in state ? state.user.id : undefined
  const key = `${name} ${userId}`
  const [loaded, setLoaded] = useState<Loaded<Name>>()
  const latest = useRef<AbortController>(undefined)
  const load = useCallback(async () => {
    latest.current?.abort()
    const controller = new AbortController()
    const { signal } = controller
    latest.current = controller
    setLoaded((before) => ({ ...starting<Name>(key, before), isLoading: true }))
    try {
      const answer = await client[name](undefined, { signal })
      // The operations of these names all answer a list with a 200.
      const data = answer.status === 200 ? (answer.data as Listed<Name>) : undefined
      if (!signal.aborted) setLoaded({ key, data, isLoading: false, failure: null })
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error
      const failure = error
      if (signal.aborted) return
      setLoaded((before) => ({ ...starting<Name>(key, before), isLoading: false, failure }))
    }
  }, [client, name, key])
  useEffect(() => {
    if (userId !== undefined) void load()
    return () => latest.current?.abort()
  }, [load, userId])
  const { data, failure } = starting<Name>(key, loaded)
  const isComing = state.status === 'unknown' ? !state.failure : userId !== undefined
  const isLoading = loaded?.key === key ? loaded.isLoading : isComing
  return { data, isLoading, failure, reload: load }
}

/** What is known at the start of asking: nothing, or what the same question brought before. */
function starting<Name extends AccountList>(
  key: string,
  before: Loaded<Name> | undefined,
): Loaded<Name> {
  if (before?.key === key) return before
  return { key, data: undefined, isLoading: true, failure: null }
}
