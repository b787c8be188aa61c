import { accountDeletionRoutes } from './account/deletion/routes.ts'
import { emailRoutes } from './account/email/routes.ts'
import { accountExportRoutes } from './account/export/routes.ts'
import { loginRoutes } from './account/login/routes.ts'
import { loginByCodeRoutes } from './account/login-by-code/routes.ts'
import { loginByCode } from './account/login-by-code/stage.ts'
import { accountOverviewRoutes } from './account/overview/routes.ts'
import { passwordChangeRoutes } from './account/password-change/routes.ts'
import { resetByCodeOffer } from './account/password-reset/code.ts'
import { passwordResetRoutes } from './account/password-reset/routes.ts'
import { phoneRoutes } from './account/phone/routes.ts'
import { reauthenticateRoutes } from './account/reauthenticate/routes.ts'
import { sessionRoutes } from './account/session/routes.ts'
import { signupRoutes } from './account/signup/routes.ts'
import { verifyEmailRoutes } from './account/verify-email/routes.ts'
import { verifyEmail } from './account/verify-email/stage.ts'
import { verifyPhoneRoutes } from './account/verify-phone/routes.ts'
import { verifyPhone } from './account/verify-phone/stage.ts'
import { configRoutes } from './config/routes.ts'
import type { AuthenticatorKind, FlowOffer, Stage } from './exchange.ts'
import type { Route } from './http/route.ts'
import { authenticateRoutes } from './mfa/authenticate/routes.ts'
import { mfaAuthenticate, mfaReauthenticateOffer } from './mfa/authenticate/stage.ts'
import { authenticatorRoutes } from './mfa/authenticators/routes.ts'
import { recoveryCodes } from './mfa/recovery-codes/kind.ts'
import { recoveryCodesRoutes } from './mfa/recovery-codes/routes.ts'
import { totp } from './mfa/totp/kind.ts'
import { totpRoutes } from './mfa/totp/routes.ts'
import { trustRoutes } from './mfa/trust/routes.ts'
import { mfaTrust } from './mfa/trust/stage.ts'
import { webauthn } from './mfa/webauthn/kind.ts'
import { webauthnLoginRoutes } from './mfa/webauthn/login-routes.ts'
import { webauthnRoutes } from './mfa/webauthn/routes.ts'
import { passkeySignupRoutes } from './mfa/webauthn/signup-routes.ts'
import { mfaSignupWebauthn } from './mfa/webauthn/stage.ts'
import { portalRoutes } from './portal/routes.ts'
import { isMfaOn } from './settings/mfa-on.ts'
import { connectionRoutes } from './socialaccount/connections/routes.ts'
import {
  providerRedirectOffer,
  providerSignupOffer,
  providerTokenOffer,
} from './socialaccount/offers.ts'
import { providerReauthenticateOffer } from './socialaccount/reauthenticate.ts'
import { appRedirectRoutes } from './socialaccount/redirect/app-routes.ts'
import { providerRedirectRoutes } from './socialaccount/redirect/routes.ts'
import { providerSignupRoutes } from './socialaccount/signup/routes.ts'
import { providerTokenRoutes } from './socialaccount/token/routes.ts'
import { tokensRoutes } from './tokens/routes.ts'
import { usersessionsRoutes } from './usersessions/routes.ts'

/** Every operation that the server has; the settings decide which of them it serves. */
export const routes: readonly Route[] = [
  ...configRoutes,
  ...loginRoutes,
  ...signupRoutes,
  ...sessionRoutes,
  ...verifyEmailRoutes,
  ...loginByCodeRoutes,
  ...passwordResetRoutes,
  ...verifyPhoneRoutes,
  ...emailRoutes,
  ...phoneRoutes,
  ...passwordChangeRoutes,
  ...reauthenticateRoutes,
  ...authenticatorRoutes,
  ...totpRoutes,
  ...recoveryCodesRoutes,
  ...webauthnRoutes,
  ...authenticateRoutes,
  ...webauthnLoginRoutes,
  ...passkeySignupRoutes,
  ...trustRoutes,
  ...usersessionsRoutes,
  ...tokensRoutes,
  ...providerRedirectRoutes,
  ...appRedirectRoutes,
  ...providerTokenRoutes,
  ...providerSignupRoutes,
  ...connectionRoutes,
  ...portalRoutes,
  ...accountOverviewRoutes,
  ...accountExportRoutes,
  ...accountDeletionRoutes,
]

/** What can stand between the first proof and being signed in, in the order clients see. */
export const stages: readonly Stage[] = [
  loginByCode,
  verifyPhone,
  verifyEmail,
  mfaAuthenticate,
  mfaTrust,
  mfaSignupWebauthn,
]

/** What users can prove a login with besides the password, in the order their codes are tried. */
export const authenticators: readonly AuthenticatorKind[] = [totp, recoveryCodes, webauthn]

/** What somebody who is not signed in may begin. */
export const offers: readonly FlowOffer[] = [
  ({ server }) => (server.settings.socialaccount.only ? null : { id: 'login' }),
  ({ server }) => {
    const { account, socialaccount } = server.settings
    return account.loginByCodeEnabled && !socialaccount.only ? { id: 'login_by_code' } : null
  },
  ({ server }) => {
    const { socialaccount, server: deployment } = server.settings
    return !socialaccount.only && deployment.hookSignupOpen ? { id: 'signup' } : null
  },
  ({ server }) =>
    server.settings.mfa.passkeyLoginEnabled && isMfaOn(server.settings, 'webauthn')
      ? { id: 'mfa_login_webauthn' }
      : null,
  providerRedirectOffer,
  providerTokenOffer,
  providerSignupOffer,
]

/** What is listed wherever flows are, also for somebody who is asked for another proof. */
export const standingOffers: readonly FlowOffer[] = [resetByCodeOffer]

/** How somebody signed in proves again to be the one. */
export const reauthentications: readonly FlowOffer[] = [
  ({ session }) => (session.user?.hasPassword ? { id: 'reauthenticate' } : null),
  mfaReauthenticateOffer,
  providerReauthenticateOffer,
]
