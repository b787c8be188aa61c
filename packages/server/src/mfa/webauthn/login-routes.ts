import { loginAtStage, passStage, startLogin } from '../../authentication/login.ts'
import { recordReauthentication } from '../../authentication/records.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { LostRace } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import type { Route } from '../../http/route.ts'
import { spendForNewSession } from '../../limits/anonymous.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'
import { findUserById } from '../../users/users.ts'
import { proveByKey, proveByPasskey } from './assert.ts'
import { readCredential } from './input.ts'
import { requestOptions } from './options.ts'

const isOn: Route['isOn'] = (settings) => isMfaOn(settings, 'webauthn')
const isLoginOn: Route['isOn'] = (settings) =>
  isMfaOn(settings, 'webauthn') && settings.mfa.passkeyLoginEnabled

/** The second step of a login with a key. */
const second = {
  path: 'auth/webauthn/authenticate',
  audience: 'anyone',
  stage: 'mfa_authenticate',
  isOn,
} as const

/** What keys are used for: as second step, to prove again to be the one, or alone. */
export const webauthnLoginRoutes: readonly Route[] = [
  {
    ...second,
    method: 'GET',
    handle: (ctx) => requestOptions(ctx, loginAtStage(ctx).userId),
  },
  { ...second, method: 'POST', hasInput: true, handle: passSecondStep },
  {
    method: 'GET',
    path: 'auth/webauthn/reauthenticate',
    audience: 'user',
    isOn,
    handle: (ctx) => requestOptions(ctx, signedInUser(ctx).id),
  },
  {
    method: 'POST',
    path: 'auth/webauthn/reauthenticate',
    audience: 'user',
    hasInput: true,
    isOn,
    async handle(ctx) {
      const proof = await proveByKey(ctx, signedInUser(ctx).id, readCredential(ctx))
      recordReauthentication(ctx, { ...proof, reauthenticated: true })
      return undefined
    },
  },
  {
    method: 'GET',
    path: 'auth/webauthn/login',
    audience: 'anyone',
    isOn: isLoginOn,
    async handle(ctx) {
      await spendForNewSession(ctx)
      return requestOptions(ctx, null)
    },
  },
  {
    method: 'POST',
    path: 'auth/webauthn/login',
    audience: 'anyone',
    hasInput: true,
    isOn: isLoginOn,
    handle: logInWithPasskey,
  },
]

async function passSecondStep(ctx: Exchange): Promise<undefined> {
  const proof = await proveByKey(ctx, loginAtStage(ctx).userId, readCredential(ctx))
  await passStage(ctx, 'mfa_authenticate', { proof })
}

async function logInWithPasskey(ctx: Exchange): Promise<undefined> {
  const { userId, proof } = await proveByPasskey(ctx, readCredential(ctx))
  const user = await findUserById(ctx.server.db, userId)
  // Deleted in this moment, and the key with it.
  if (!user) throw new LostRace()
  const { isActive, epoch, language } = user
  await startLogin(ctx, { userId, isActive, epoch, language, proof })
}
