import type { Exchange } from '../exchange.ts'
import { OutboundError } from '../outbound/outbound-error.ts'
import { ProviderError } from '../providers/provider-error.ts'

/** Whether something failed at a provider: then it is logged, without what was sent or answered. */
export function isProviderFailure(ctx: Exchange, error: unknown, provider: string): boolean {
  if (!(error instanceof ProviderError || error instanceof OutboundError)) return false
  const cause = error.cause instanceof Error ? error.cause.message : undefined
  ctx.server.log.warn(
    { provider, reason: error.message, ...(cause !== undefined && { cause }) },
    'a login by a provider failed',
  )
  return true
}
