import type { Server } from './exchange.ts'
import { cookieWarnings } from './settings/cookie-checks.ts'
import { warnOfSeals } from './sweeping.ts'

/** Says what a start should not have to say. */
export function warnAtStart(
  server: Pick<Server, 'db' | 'keys' | 'log' | 'settings'>,
): Promise<void> {
  // It may take a look at a long list, so no start waits.
  void warnOfCookies(server)
  return warnOfSeals(server)
}

/** Says what browsers will do to the cookies. */
async function warnOfCookies({ settings, log }: Pick<Server, 'settings' | 'log'>): Promise<void> {
  try {
    for (const warning of await cookieWarnings(settings)) log.warn({}, warning)
  } catch (error) {
    log.error({ err: error }, 'the cookies could not be checked')
  }
}
