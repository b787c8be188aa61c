import type { FrontendUrls } from './headless.ts'
import type { Settings } from './settings.ts'

/** Whether the server serves pages: they need the API for browsers. */
export function isPortalOn({ portal, headless }: Settings): boolean {
  return portal.enabled && headless.clients.includes('browser')
}

/** The pages of the portal that mails and redirects lead to, on an origin. */
function portalUrls({ portal }: Settings, origin: string): FrontendUrls {
  const at = (page: string) => `${origin}${portal.path}${page}`
  return {
    account_confirm_email: at('verify-email/{key}'),
    account_reset_password: at('password/reset'),
    account_reset_password_from_key: at('password/reset/{key}'),
    account_signup: at('signup'),
    socialaccount_login_error: at('login/error'),
  }
}

/** The pages of the settings; where one is missing, that of the portal, if there is one at a known address. */
export function frontendUrlsOf(settings: Settings, origin: string | null): FrontendUrls {
  const { frontendUrls } = settings.headless
  if (origin === null || !isPortalOn(settings)) return frontendUrls
  return { ...portalUrls(settings, origin), ...frontendUrls }
}
