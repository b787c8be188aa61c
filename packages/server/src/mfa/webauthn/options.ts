import { type Authenticator, listAuthenticators } from '../../authenticators/store.ts'
import type { Exchange, SessionUser } from '../../exchange.ts'
import { type Answer, answer } from '../../http/answers.ts'
import { describeUser } from '../../users/display.ts'
import { beginChallenge } from './challenge.ts'
import { readKey, userHandle } from './key.ts'
import { relyingPartyId } from './relying-party.ts'
import { algorithms } from './verify.ts'

/** What a browser needs to make a key (WebAuthn Level 3 §5.4). */
export async function creationOptions(
  ctx: Exchange,
  user: SessionUser,
  { isPasswordless }: { isPasswordless: boolean },
): Promise<Answer> {
  const wanted = isPasswordless ? 'required' : 'discouraged'
  const { settings } = ctx.server
  const publicKey = {
    rp: { name: settings.server.siteName, id: relyingPartyId(ctx) },
    user: {
      id: userHandle(user.id),
      name: user.email ?? user.username ?? user.id,
      displayName: describeUser(user, settings).display,
    },
    challenge: beginChallenge(ctx, isPasswordless),
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    excludeCredentials: descriptors(ctx, await ownKeys(ctx, user.id)),
    authenticatorSelection: {
      residentKey: wanted,
      userVerification: wanted,
      requireResidentKey: isPasswordless,
    },
    extensions: { credProps: true },
  }
  return answer(200, { data: { creation_options: { publicKey } } })
}

/** What a browser needs to use a key of the user, or (null) whichever passkey there is (§5.5). */
export async function requestOptions(ctx: Exchange, userId: string | null): Promise<Answer> {
  const keys = userId === null ? [] : await ownKeys(ctx, userId)
  const publicKey = {
    challenge: beginChallenge(ctx),
    rpId: relyingPartyId(ctx),
    allowCredentials: descriptors(ctx, keys),
    userVerification: 'preferred',
  }
  return answer(200, { data: { request_options: { publicKey } } })
}

/** The security keys and passkeys of a user, oldest first. */
export async function ownKeys(ctx: Exchange, userId: string): Promise<Authenticator[]> {
  const all = await listAuthenticators(ctx.server.db, userId)
  return all.filter(({ type }) => type === 'webauthn')
}

function descriptors(ctx: Exchange, keys: readonly Authenticator[]) {
  return keys.map((it) => ({ type: 'public-key', id: readKey(ctx, it).credentialId }))
}
