import type { ReactNode } from 'react'
import { Factor } from './factor.tsx'
import { Login } from './login.tsx'
import { LoginCode } from './login-code.tsx'
import { PasswordReset } from './password-reset.tsx'
import { PasswordResetCode } from './password-reset-code.tsx'
import { PasswordResetLink } from './password-reset-link.tsx'
import { ProviderOutcome } from './provider-outcome.tsx'
import { ProviderSignup } from './provider-signup.tsx'
import { Signup } from './signup.tsx'
import { SignupPasskey } from './signup-passkey.tsx'
import { Trust } from './trust.tsx'
import { VerifyEmail } from './verify-email.tsx'
import { VerifyEmailLink } from './verify-email-link.tsx'
import { VerifyPhone } from './verify-phone.tsx'

/** The pages of somebody who is not signed in, by their paths. */
export const authPages: readonly { path: string; element: ReactNode }[] = [
  { path: 'login', element: <Login /> },
  { path: 'login/code', element: <LoginCode /> },
  { path: 'login/factor', element: <Factor /> },
  { path: 'login/trust', element: <Trust /> },
  { path: 'login/error', element: <ProviderOutcome /> },
  { path: 'signup', element: <Signup /> },
  { path: 'signup/passkey', element: <SignupPasskey /> },
  { path: 'verify-email', element: <VerifyEmail /> },
  { path: 'verify-email/:key', element: <VerifyEmailLink /> },
  { path: 'verify-phone', element: <VerifyPhone /> },
  { path: 'password/reset', element: <PasswordReset /> },
  { path: 'password/reset/code', element: <PasswordResetCode /> },
  { path: 'password/reset/:key', element: <PasswordResetLink /> },
  { path: 'provider/signup', element: <ProviderSignup /> },
  { path: 'provider/callback', element: <ProviderOutcome /> },
]
