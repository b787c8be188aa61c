/** The token against forged requests, as the server's cookie has it; undefined where there is none yet. */
export function csrfToken(cookieName: string): string | undefined {
  const cookies = typeof document === 'undefined' ? '' : document.cookie
  for (const pair of cookies.split('; ')) {
    if (pair.startsWith(`${cookieName}=`)) return pair.slice(cookieName.length + 1)
  }
  return undefined
}
