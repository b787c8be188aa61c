import { isIP } from 'node:net'
import { isLocalName, isPublicAddress } from './addresses.ts'
import { OutboundError } from './outbound-error.ts'

/**
 * The address to ask, if it may be asked as far as one can tell before its name is resolved.
 * @throws OutboundError otherwise.
 */
export function checkUrl(input: string | URL, allowsPrivateAddresses: boolean): URL {
  const url = URL.parse(String(input))
  if (!url) throw new OutboundError('address', 'a request', 'not a URL')
  const isHttp = url.protocol === 'http:' && allowsPrivateAddresses
  if (url.protocol !== 'https:' && !isHttp) throw new OutboundError('scheme', url.host || 'a URL')
  if (url.username || url.password) throw new OutboundError('address', url.host, 'user info')
  if (!allowsPrivateAddresses && isPrivate(url.hostname)) {
    throw new OutboundError('address', url.host)
  }
  return url
}

/** The parser of URLs has put IPv4 into its usual form, whichever way it was written. */
function isPrivate(hostname: string): boolean {
  const literal = hostname.replace(/^\[|\]$/g, '')
  return isIP(literal) === 0 ? isLocalName(hostname) : !isPublicAddress(literal)
}
