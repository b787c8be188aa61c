import type { Settings } from '../settings/settings.ts'

/** Whether people may come from providers, also where none is set up yet. */
export function isProvidersOn({ server }: Settings): boolean {
  return server.installedApps.includes('allauth.socialaccount')
}
