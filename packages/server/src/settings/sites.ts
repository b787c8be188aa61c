/** What the Public Suffix List says of hosts: which of them one owner has, and which many share. */
export interface Sites {
  /** Whether anybody can have a host below the domain, as below `co.uk` or `github.io`. */
  isPublicSuffix(domain: string): boolean
  /** What browsers take for one site: the scheme, and the part of the host that has one owner. */
  siteOf(url: URL): string
  /** The part of a host that has one owner, such as `example.co.uk`; an IP address is all of it. */
  domainOf(hostname: string): string
}

/** Loads the list, which takes longer than all other looks at the settings together. */
export async function loadSites(): Promise<Sites> {
  const { getDomain, getPublicSuffix } = await import('tldts')
  const rules = { allowPrivateDomains: true }
  const domainOf = (hostname: string) => getDomain(hostname, rules) ?? hostname
  return {
    isPublicSuffix: (domain) => getPublicSuffix(domain, rules) === domain,
    siteOf: ({ protocol, hostname }) => `${protocol}//${domainOf(hostname)}`,
    domainOf,
  }
}
