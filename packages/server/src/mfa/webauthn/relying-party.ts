import type { Exchange } from '../../exchange.ts'
import { hostOf } from '../../http/hosts.ts'
import type { MfaSettings } from '../../settings/mfa.ts'

/** The relying party (WebAuthn Level 3 §5.4.2): the domain that keys are made for. */
export function relyingPartyId({ server, request }: Exchange): string {
  const { mfa, server: deployment } = server.settings
  if (mfa.webauthnRpId !== null) return mfa.webauthnRpId
  if (deployment.publicUrl !== null) return new URL(deployment.publicUrl).hostname
  return hostOf(request)
}

/**
 * Whether a page or app of this origin may use the keys: the domain itself and what is below it, on any
 * port, by https; further ones as the settings list them (WebAuthn Level 3 §7.1, step 9).
 */
export function isAllowedOrigin(origin: string, rpId: string, mfa: MfaSettings): boolean {
  if (mfa.webauthnAllowInsecureOrigin) return true
  if (mfa.webauthnAppOrigins.includes(origin)) return true
  if (mfa.webauthnRelatedOrigins.includes(origin)) return true
  const url = URL.parse(origin)
  // An origin has nothing behind the port; what is no origin is compared with none.
  if (!url || url.origin !== origin) return false
  const isBelow = url.hostname === rpId || url.hostname.endsWith(`.${rpId}`)
  return isBelow && (url.protocol === 'https:' || isOwnMachine(url))
}

function isOwnMachine({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && (hostname === 'localhost' || hostname.endsWith('.localhost'))
}
