import { lookup as resolveName } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './addresses.ts'
import { OutboundError } from './outbound-error.ts'

/** Finds all addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>

/** Asks the resolver of the system. */
export async function resolveBySystem(hostname: string): Promise<string[]> {
  const found = await resolveName(hostname, { all: true })
  return found.map(({ address }) => address)
}

/**
 * A lookup for sockets that hands over the public addresses of a name alone. A socket connects to
 * what it is handed, so a name that resolves to something else a moment later gains nothing.
 */
export function createLookup(resolve: Resolve, allowsPrivateAddresses: boolean): LookupFunction {
  async function findAddresses(hostname: string) {
    const found = await resolve(hostname)
    const allowed = allowsPrivateAddresses ? found : found.filter(isPublicAddress)
    return allowed.map((address) => ({ address, family: isIP(address) }))
  }

  return function lookup(hostname, options, callback) {
    findAddresses(hostname).then(
      (addresses) => {
        const [first] = addresses
        if (!first) return callback(new OutboundError('address', hostname), '')
        if (options.all) return callback(null, addresses)
        callback(null, first.address, first.family)
      },
      (error) => callback(error, ''),
    )
  }
}
