import type { Exchange } from '../../exchange.ts'
import { frontendUrl } from '../../frontend-url.ts'
import { withError } from './callback-url.ts'

/** The page of the front end for what can not be told where it began; undefined where none is set. */
export function errorPage(ctx: Exchange): string | undefined {
  const page = frontendUrl(ctx, 'socialaccount_login_error')
  return page === undefined ? undefined : withError(page, 'unknown', 'login')
}
