import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Assembled } from '../../packages/server/src/assemble.ts'
import { answerIncoming } from '../../packages/server/src/node/answer.ts'

/** A front end with the API beside it, as a reverse proxy would have it. */
export interface FrontEnd {
  url: string
  /** What answers below `/_allauth/` and `/accounts/`. */
  serve(assembled: Assembled): void
  stop(): Promise<void>
}

/**
 * Listens before there is an API: its address has to be known to make one. Beside the page, which is at
 * every other path, it serves the scripts of a folder.
 */
export async function startFrontEnd(html: string, folder?: string): Promise<FrontEnd> {
  let api: Assembled | undefined
  const http = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '', 'http://localhost')
    const isForApi = /^\/(_allauth|accounts)\//.test(pathname)
    if (api && isForApi) return answerIncoming(api, incoming, outgoing)
    const script = folder && extname(pathname) === '.js' ? join(folder, pathname) : ''
    if (!existsSync(script)) {
      outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
      return
    }
    outgoing.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(script))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  // A server that listens on a port has an address of this kind.
  const { port } = http.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    serve(assembled) {
      api = assembled
    },
    async stop() {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
}
