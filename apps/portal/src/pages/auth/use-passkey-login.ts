import {
  type InputError,
  logInWithPasskey,
  supportsPasskeyAutofill,
  supportsPasskeys,
} from '@latchkey/client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { client } from '../../lib/client.ts'
import { useConfiguration } from '../../lib/configuration.tsx'
import { useSubmit } from '../../lib/use-submit.ts'
import { orStuck } from './or-stuck.ts'

/** A login by passkey: offered among the suggestions of a field, and at once where that is asked for. */
export function usePasskeyLogin() {
  const { mfa } = useConfiguration()
  const isOffered = mfa?.passkey_login_enabled === true && supportsPasskeys()
  const running = useRef<AbortController | null>(null)
  const [refusal, setRefusal] = useState<readonly InputError[]>([])
  const { call, errors, failure, isPending } = useSubmit(async (signal: AbortSignal) =>
    orStuck(await logInWithPasskey(client, { signal })),
  )
  /** A browser takes one question at a time, and the server knows one challenge. */
  const takeTurn = useCallback(() => {
    running.current?.abort()
    running.current = new AbortController()
    return running.current.signal
  }, [])
  const suggest = useCallback(async () => {
    const signal = takeTurn()
    if (!(await supportsPasskeyAutofill()) || signal.aborted) return
    // Suggestions are an offer: where there are none, the button remains.
    const answer = await logInWithPasskey(client, { isConditional: true, signal }).catch(() => null)
    const refused = answer === null ? null : orStuck(answer)
    if (signal.aborted || !refused || !('errors' in refused)) return
    setRefusal(refused.errors)
    void suggest()
  }, [takeTurn])
  const ask = useCallback(async () => {
    setRefusal([])
    const signal = takeTurn()
    const answer = await call(signal)
    if (!signal.aborted && answer?.status !== 200 && answer?.status !== 401) void suggest()
  }, [call, suggest, takeTurn])
  useEffect(() => {
    if (!isOffered) return
    void suggest()
    return () => running.current?.abort()
  }, [isOffered, suggest])
  return { isOffered, ask, state: { errors: [...errors, ...refusal], failure, isPending } }
}
