import { type Channel, openChannel } from './channel.ts'
import { startDeadline } from './deadline.ts'
import { createLookup, type Resolve, resolveBySystem } from './lookup.ts'
import { OutboundError } from './outbound-error.ts'
import { type OutboundInit, send } from './send.ts'
import { checkUrl } from './url.ts'

/** How requests to other servers are limited. */
export interface OutboundLimits {
  /** From the lookup of the name to the last byte of the answer. */
  timeoutMs: number
  /** Of the body of an answer. */
  maxBytes: number
  /** Whether http and addresses of this machine and its networks will do: for development. */
  allowsPrivateAddresses: boolean
}

/** Requests to servers whose addresses somebody else may have chosen. */
export interface Outbound {
  /**
   * Like the fetch of the web, for public addresses and https alone, without redirects, and with the
   * answer read whole. No proxy of the environment is used.
   * @throws OutboundError where there is no answer, and the reason of `init.signal` if that ends it.
   */
  fetch(this: void, url: string | URL, init?: OutboundInit): Promise<Response>
  /** Ends all requests and connections; later requests fail. */
  close(): void
}

/** Makes the requests that `limits` allow. `resolve` finds the addresses of names. */
export function createOutbound(
  { timeoutMs, maxBytes, allowsPrivateAddresses }: OutboundLimits,
  resolve: Resolve = resolveBySystem,
): Outbound {
  const lookup = createLookup(resolve, allowsPrivateAddresses)
  const channels = new Map<string, Channel>()
  const closing = new AbortController()

  return {
    async fetch(input, init = {}) {
      const url = checkUrl(input, allowsPrivateAddresses)
      const timeout = { ms: timeoutMs, reason: new OutboundError('timeout', url.host) }
      const others = init.signal ? [init.signal, closing.signal] : [closing.signal]
      const { signal, release } = startDeadline(timeout, others)
      const channel = channels.get(url.protocol) ?? openChannel(url.protocol, lookup)
      channels.set(url.protocol, channel)
      try {
        return await send(url, init, { channel, maxBytes, signal })
      } catch (error) {
        if (signal.aborted) throw signal.reason
        throw translate(error, url.host)
      } finally {
        release()
      }
    },
    close() {
      closing.abort(new OutboundError('unreachable', 'this server', 'it is closing'))
      for (const { agent } of channels.values()) {
        // The agent opens one more connection for a request that waited, though it has ended.
        agent.keepSocketAlive = () => false
        agent.destroy()
      }
    },
  }
}

/** The errors of the network have a code; anything else is a bug and stays what it is. */
function translate(error: unknown, host: string): unknown {
  if (error instanceof OutboundError) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? new OutboundError('unreachable', host, code) : error
}
