import { loginRoutes } from './account/login/routes.ts'
import { sessionRoutes } from './account/session/routes.ts'
import { signupRoutes } from './account/signup/routes.ts'
import { verifyEmailRoutes } from './account/verify-email/routes.ts'
import { verifyEmail } from './account/verify-email/stage.ts'
import { verifyPhone } from './account/verify-phone/stage.ts'
import { configRoutes } from './config/routes.ts'
import type { FlowOffer, Stage } from './exchange.ts'
import type { Route } from './http/route.ts'

/** Every operation that the server has; the settings decide which of them it serves. */
export const routes: readonly Route[] = [
  ...configRoutes,
  ...loginRoutes,
  ...signupRoutes,
  ...sessionRoutes,
  ...verifyEmailRoutes,
]

/** What can stand between the first proof and being signed in, in the order clients see. */
export const stages: readonly Stage[] = [verifyPhone, verifyEmail]

/** What somebody who is not signed in may begin. */
export const offers: readonly FlowOffer[] = [
  ({ server }) => (server.settings.socialaccount.only ? null : { id: 'login' }),
  ({ server }) => {
    const { socialaccount, server: deployment } = server.settings
    return !socialaccount.only && deployment.hookSignupOpen ? { id: 'signup' } : null
  },
]
