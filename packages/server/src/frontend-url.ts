import type { Exchange } from './exchange.ts'
import type { FrontendUrlName } from './settings/headless.ts'

/** The page of the front end that a mail leads to; undefined where the settings name none. */
export function frontendUrl(ctx: Exchange, name: FrontendUrlName, key = ''): string | undefined {
  return ctx.server.settings.headless.frontendUrls[name]?.replace('{key}', encodeURIComponent(key))
}
