import { equalText } from '../../crypto/hash.ts'
import type { Exchange } from '../../exchange.ts'

/** Whether it is the code that passes for every app, which only a local development has. */
export function isBypass({ server }: Exchange, code: string): boolean {
  const { totpInsecureBypassCode } = server.settings.mfa
  return totpInsecureBypassCode !== null && equalText(totpInsecureBypassCode, code)
}
