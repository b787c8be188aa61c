import { decrypt, encrypt } from '../crypto/encrypt.ts'
import type { Keys } from '../crypto/keys.ts'
import type { Server } from '../exchange.ts'
import type { App } from '../providers/app.ts'
import type { ProviderIdentity, SealedTokens } from '../providers/identity.ts'
import type { Vouched } from '../providers/protocol.ts'

/** The tokens of a provider, as they are encrypted. */
export interface ProviderTokens {
  accessToken: string
  refreshToken: string | undefined
  scope: string | undefined
}

/** Whom a provider vouches for, with the tokens of the provider where the settings keep them. */
export function identityOf(
  server: Server,
  app: App,
  { profile, tokens }: Vouched,
): ProviderIdentity {
  const { keys, settings, now } = server
  const isKept = settings.socialaccount.storeTokens && tokens !== null
  const whose = { provider: app.id, uid: profile.uid }
  return {
    provider: app.id,
    clientId: app.clientId,
    profile,
    sealedTokens: isKept ? sealTokens(keys, whose, { ...tokens, now: now() }) : null,
  }
}

/** Encrypts tokens, so that they work for no other account. */
export function sealTokens(
  keys: Keys,
  whose: { provider: string; uid: string },
  {
    accessToken,
    refreshToken,
    scope,
    expiresIn,
    now,
  }: ProviderTokens & {
    expiresIn: number | undefined
    now: number
  },
): SealedTokens {
  const text = JSON.stringify({ accessToken, refreshToken, scope })
  return {
    sealed: encrypt(keys.current('provider'), text, contextOf(whose)),
    expiresAt: expiresIn === undefined ? null : now + expiresIn * 1000,
  }
}

/** What `sealTokens` made; undefined where no secret of the settings fits. */
export function unsealTokens(
  keys: Keys,
  whose: { provider: string; uid: string },
  sealed: string,
): ProviderTokens | undefined {
  const text = decrypt(keys.all('provider'), sealed, contextOf(whose))
  return text === undefined ? undefined : JSON.parse(text)
}

function contextOf({ provider, uid }: { provider: string; uid: string }): string {
  return `${provider}\0${uid}`
}
