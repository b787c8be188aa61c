import { createClient } from '@latchkey/client'

/** The names that the settings give to the cookie and the header of the token: the server wrote them there. */
const [csrfCookieName = '', csrfHeaderName = ''] =
  document.querySelector<HTMLMetaElement>('meta[name=latchkey-csrf]')?.content.split(' ') ?? []

/** The server that these pages came from. */
export const client = createClient({
  kind: 'browser',
  fetch: inLanguage,
  csrfCookieName,
  csrfHeaderName,
})

/** Where the pages are: what the server wrote into `<base>`, without a slash at the end. */
export const basePath = new URL(document.baseURI).pathname.replace(/\/$/, '')

/** The address of a page, for those who come back from elsewhere. */
export function addressOf(path: string): string {
  return `${location.origin}${basePath}${path}`
}

/** Mails are written in the language of the pages, whatever that of the browser is. */
function inLanguage(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers)
  headers.set('Accept-Language', document.documentElement.lang)
  return fetch(input, { ...init, headers })
}
