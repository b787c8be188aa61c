import type { Route } from '../../http/route.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'
import { readPasskeySignup, readSignup } from '../signup-input.ts'
import { signUp } from './flow.ts'

export const signupRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/signup',
    audience: 'anyone',
    limit: 'signup',
    hasInput: true,
    isOn: ({ socialaccount }) => !socialaccount.only,
    async handle(ctx) {
      await signUp(ctx, await readSignup(ctx))
      return undefined
    },
  },
  {
    // Its end, once what was given is verified, lies with the other uses of passkeys.
    method: 'POST',
    path: 'auth/webauthn/signup',
    audience: 'anyone',
    limit: 'signup',
    hasInput: true,
    isOn: (settings) => settings.mfa.passkeySignupEnabled && isMfaOn(settings, 'webauthn'),
    async handle(ctx) {
      await signUp(ctx, await readPasskeySignup(ctx))
      return undefined
    },
  },
]
