/** Whether what the client has kept is still the same (RFC 9110 §13.1.2). */
export function isFresh(ifNoneMatch: string | undefined, tag: string): boolean {
  const kept = (ifNoneMatch ?? '').split(',').map((it) => it.trim().replace(/^W\//, ''))
  return kept.includes(tag) || kept.includes('*')
}
