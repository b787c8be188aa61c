import type { Pages } from '../../http/pages.ts'
import { jsonAnswer } from '../../http/transport.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'
import type { Settings } from '../../settings/settings.ts'

/** Tells browsers which other sites may use the keys of this one (WebAuthn Level 3 §5.11). */
export function webauthnPages(settings: Settings): Pages {
  const origins = settings.mfa.webauthnRelatedOrigins
  if (origins.length === 0 || !isMfaOn(settings, 'webauthn')) return new Map()
  return new Map([
    ['/.well-known/webauthn', async () => jsonAnswer(200, JSON.stringify({ origins }))],
  ])
}
