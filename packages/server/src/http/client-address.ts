import { isIP, isIPv6 } from 'node:net'
import type { ServerSettings } from '../settings/settings.ts'

/** Where a request came from, as far as the transport knows. */
export interface Origin {
  remoteAddress: string
  header(name: string): string | undefined
}

/**
 * The address of the client. Only what a trusted proxy wrote is believed.
 * @throws Error where fewer proxies have signed than the settings count on: somebody came round them.
 */
export function clientAddress(origin: Origin, settings: ServerSettings): string {
  const { trustedClientIpHeader, trustedProxyCount } = settings
  if (trustedClientIpHeader !== null) {
    const value = origin.header(trustedClientIpHeader)?.trim()
    if (!value) throw new Error('the trusted header with the client address is missing')
    return trustedAddress(value)
  }
  if (trustedProxyCount === 0) return plainAddress(origin.remoteAddress)
  const hops = (origin.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  const hop = hops.at(-trustedProxyCount)
  if (!hop) throw new Error('X-Forwarded-For has fewer entries than there are trusted proxies')
  return trustedAddress(hop)
}

/** What limits count: an IPv4 address, or the /64 that one IPv6 customer has to themselves. */
export function limitedAddress(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail = ''] = address.split('::')
  const front = head.split(':').filter((group) => group !== '')
  const back = tail.split(':').filter((group) => group !== '')
  const middle = address.includes('::') ? Array(8 - front.length - back.length).fill('0') : []
  const groups = [...front, ...middle, ...back].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** @throws Error for what is no address: a limit for each such text would be none. */
function trustedAddress(text: string): string {
  const withoutPort = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1')
  const address = plainAddress(withoutPort)
  if (!isIP(address)) throw new Error('the trusted client address is not an IP address')
  return address
}

function plainAddress(address: string): string {
  const withoutZone = address.replace(/%.*$/s, '').slice(0, 45)
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(withoutZone)?.[1] ?? withoutZone.toLowerCase()
}
