import { createClient } from '@latchkey/client'

/** The server that these pages came from. */
export const client = createClient({ kind: 'browser' })

/** Where the pages are: what the server wrote into `<base>`, without a slash at the end. */
export const basePath = new URL(document.baseURI).pathname.replace(/\/$/, '')

/** The address of a page, for those who come back from elsewhere. */
export function addressOf(path: string): string {
  return `${location.origin}${basePath}${path}`
}
