import type { Flow } from '@latchkey/client'
import { useReauthentication } from '@latchkey/client/react'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { client } from '../../lib/client.ts'
import { useSay } from '../../lib/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Proofs } from './proofs.tsx'
import { useSignedIn } from './signed-in.tsx'

interface Proof {
  /** Whether the user is being asked. */
  isAsking: boolean
  /** Asks for what no call waits for, such as before the browser leaves; resolves to whether it was given. */
  prove(): Promise<boolean>
}

const ProofContext = createContext<Proof>({ isAsking: false, prove: async () => false })

/** The question who the user is. */
export function useProof(): Proof {
  return useContext(ProofContext)
}

interface Asked {
  flows: readonly Flow[]
  settle(isProved: boolean): void
}

/** Asks who the user is as soon as a call below it needs to know; then the call goes on. */
export function Reauthentication({ children }: { children: ReactNode }) {
  const say = useSay()
  const { user } = useSignedIn()
  const { flows, cancel } = useReauthentication()
  const [asked, setAsked] = useState<Asked | null>(null)
  const ways = flows ?? asked?.flows ?? null
  const { has_usable_password } = user
  const prove = useCallback(async () => {
    const flows = await flowsOf(has_usable_password)
    return new Promise<boolean>((resolve) => setAsked({ flows, settle: resolve }))
  }, [has_usable_password])
  const proof = useMemo(() => ({ isAsking: ways !== null, prove }), [ways, prove])

  function end(isProved: boolean): void {
    asked?.settle(isProved)
    setAsked(null)
    if (flows && !isProved) cancel()
  }

  return (
    <ProofContext.Provider value={proof}>
      {children}
      <Dialog title={say('account.proofTitle')} isOpen={ways !== null} onClose={() => end(false)}>
        <p className="muted">{say('account.proofText')}</p>
        {ways && <Proofs flows={ways} onProved={() => end(true)} />}
        <Button onClick={() => end(false)}>{say('common.cancel')}</Button>
      </Dialog>
    </ProofContext.Provider>
  )
}

/**
 * The ways to prove it that somebody has. As on the server, a provider will do only for those who have neither
 * a password nor a factor; that the server asked them says that it takes that proof.
 */
async function flowsOf(hasPassword: boolean): Promise<readonly Flow[]> {
  const [factors, accounts] = await Promise.all([
    client.listAuthenticators(),
    client.listProviderAccounts(),
  ])
  const types = factors.status === 200 ? [...new Set(factors.data.map(({ type }) => type))] : []
  const others: Flow[] = [
    ...(hasPassword ? [{ id: 'reauthenticate' } as const] : []),
    ...(types.length > 0 ? [{ id: 'mfa_reauthenticate', types } as const] : []),
  ]
  if (others.length > 0 || accounts.status !== 200) return others
  const able = accounts.data.filter(({ provider }) => provider.flows.includes('provider_redirect'))
  const providers = [...new Set(able.map(({ provider }) => provider.id))]
  return providers.length > 0 ? [{ id: 'provider_redirect', providers }] : []
}
