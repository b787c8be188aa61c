import { useCallback, useEffect, useState } from 'react'
import { LatchkeyError } from '../errors.ts'
import type { Answer } from '../types.ts'
import { useClient } from './provider.ts'

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

/** A list of the account that is signed in. */
export function useAccount<Name extends AccountList>(name: Name): Account<Name> {
  const client = useClient()
  const [loaded, setLoaded] = useState<Omit<Account<Name>, 'reload'>>({
    data: undefined,
    isLoading: true,
    failure: null,
  })
  const load = useCallback(
    async (signal?: AbortSignal) => {
      try {
        const answer = await client[name](undefined, signal ? { signal } : {})
        // The operations of these names all answer a list with a 200.
        const data = answer.status === 200 ? (answer.data as Listed<Name>) : undefined
        if (!signal?.aborted) setLoaded({ data, isLoading: false, failure: null })
      } catch (error) {
        if (!(error instanceof LatchkeyError)) throw error
        const failure = error
        if (!signal?.aborted) setLoaded((before) => ({ ...before, isLoading: false, failure }))
      }
    },
    [client, name],
  )
  useEffect(() => {
    const controller = new AbortController()
    void load(controller.signal)
    return () => controller.abort()
  }, [load])
  const reload = useCallback(() => load(), [load])
  return { ...loaded, reload }
}
