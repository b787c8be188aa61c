import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from '../../exchange.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { type ProviderTokens, sealTokens, unsealTokens } from '../tokens.ts'
import {
  findStoredTokens,
  leaseTokens,
  releaseTokens,
  replaceTokens,
  type StoredTokens,
} from './store.ts'

/** Renewed a little early, so that it works when it arrives. */
const earlyMs = 60_000
const pollMs = 100

/** An access token of a provider, to call the API of the provider with. */
export interface ProviderAccessToken {
  accessToken: string
  /** What it may do, as the provider said; undefined where it said nothing. */
  scope: string | undefined
  /** Milliseconds since 1970; null where the provider did not say. */
  expiresAt: number | null
}

/**
 * The access token that a provider gave for a user, renewed where it is about to end: of many who ask
 * at once, on all nodes, one renews it. Null where none is kept that works.
 * @throws ProviderError where the provider can not be reached, or does not renew it.
 */
export async function freshProviderToken(
  server: Server,
  whose: { userId: string; provider: string },
): Promise<ProviderAccessToken | null> {
  // Longer than the requests of a renewal can take together.
  const leaseMs = server.settings.socialaccount.requestsTimeout * 3000
  for (let waited = 0; waited <= leaseMs; waited += pollMs) {
    const stored = await findStoredTokens(server.db, whose)
    const tokens = stored && unsealTokens(server.keys, stored, stored.sealed)
    if (!tokens) return null
    const { accessToken, scope, refreshToken } = tokens
    const { expiresAt } = stored
    const isFresh = expiresAt === null || expiresAt > server.now() + earlyMs
    if (isFresh) return { accessToken, scope, expiresAt }
    if (refreshToken === undefined) return null
    const now = server.now()
    if (await leaseTokens(server.db, stored, { now, until: now + leaseMs })) {
      return renew(server, stored, { ...tokens, refreshToken })
    }
    await sleep(pollMs)
  }
  throw new ProviderError('somebody else renews the token, and takes too long')
}

async function renew(
  { db, keys, now, providers }: Server,
  stored: StoredTokens,
  { refreshToken, scope }: ProviderTokens & { refreshToken: string },
): Promise<ProviderAccessToken> {
  const app = providers.find(stored.provider, stored.clientId)
  try {
    if (!app) throw new ProviderError(`${stored.provider} is not in the settings any more`)
    const protocol = await providers.protocol()
    const renewed = await protocol.refresh(app, refreshToken)
    // What is not told anew stays as it was (RFC 6749 §6).
    const tokens = {
      ...renewed,
      refreshToken: renewed.refreshToken ?? refreshToken,
      scope: renewed.scope ?? scope,
    }
    const sealed = sealTokens(keys, stored, { ...tokens, now: now() })
    await replaceTokens(db, stored, sealed)
    const { expiresAt } = sealed
    return { accessToken: tokens.accessToken, scope: tokens.scope, expiresAt }
  } catch (error) {
    await releaseTokens(db, stored)
    throw error
  }
}
