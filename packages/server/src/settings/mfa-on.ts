import type { AuthenticatorType } from './mfa.ts'
import type { Settings } from './settings.ts'

/** Whether the settings have second factors at all, or those of a type. */
export function isMfaOn({ server, mfa }: Settings, type?: AuthenticatorType): boolean {
  const isInstalled = server.installedApps.includes('allauth.mfa')
  return isInstalled && (type === undefined || mfa.supportedTypes.includes(type))
}
