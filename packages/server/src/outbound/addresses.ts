import { BlockList, isIP } from 'node:net'

/** What the IANA registry of special-purpose addresses holds for IPv4, and a little more. */
const specialV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  // Multicast, then what is reserved, with the broadcast address.
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Looks public, but is what a machine at Azure is managed through.
  '168.63.129.16/32',
]

/** The same for IPv6 inside 2000::/3. */
const specialV6 = [
  // IETF protocol assignments: Teredo, benchmarking, ORCHID and others.
  '2001::/23',
  '2001:db8::/32',
  // 6to4 holds an IPv4 address, and nobody has a server there any more.
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
]

// All other addresses of IPv6 are local, multicast, mapped, or not given out: ::1, ::ffff:0:0/96,
// 64:ff9b:1::/48, 100::/64, 5f00::/16, fc00::/7, fe80::/10, fec0::/10, ff00::/8.
const publicV6 = toBlockList('ipv6', ['2000::/3'])

// Networks without IPv4 reach it by these addresses (NAT64), so they are as public as the address at
// their end.
const translated = toBlockList('ipv6', ['64:ff9b::/96'])

const special = {
  v4: toBlockList('ipv4', specialV4),
  v6: toBlockList('ipv6', specialV6),
  translated: toBlockList('ipv6', specialV4.map(translate)),
}

/** Whether an address is one of the internet, and not of this machine or its networks. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !special.v4.check(address, 'ipv4')
  // A zone names a network of this machine.
  if (family !== 6 || address.includes('%')) return false
  if (translated.check(address, 'ipv6')) return !special.translated.check(address, 'ipv6')
  return publicV6.check(address, 'ipv6') && !special.v6.check(address, 'ipv6')
}

/** Whether a name means this machine, whatever it resolves to. @see RFC 6761, section 6.3 */
export function isLocalName(hostname: string): boolean {
  return /(^|\.)localhost\.?$/i.test(hostname)
}

function toBlockList(family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [net = '', prefix] = range.split('/')
    list.addSubnet(net, Number(prefix), family)
  }
  return list
}

function translate(range: string): string {
  const [net, prefix] = range.split('/')
  return `64:ff9b::${net}/${96 + Number(prefix)}`
}
