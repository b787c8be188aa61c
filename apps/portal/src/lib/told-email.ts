interface Told {
  email: string
  verified: boolean
  primary: boolean
}

/** The address of somebody who comes from a provider that becomes the primary one here, if there is one. */
export function likeliestEmail(told: readonly Told[]): string | undefined {
  const rank = (it: Told) => (it.verified ? 2 : 0) + (it.primary ? 1 : 0)
  return [...told].sort((a, b) => rank(b) - rank(a))[0]?.email
}
