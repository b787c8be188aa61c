import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../apps/portal/dist', import.meta.url))
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
}
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self' https: http:; base-uri 'self'; frame-ancestors 'none'"

/** Stands in for the server's own serving of the built pages until that is there. True where it answered. */
export function servePage({ url = '/' }: IncomingMessage, outgoing: ServerResponse): boolean {
  const { pathname } = new URL(url, 'http://localhost')
  if (/^\/(_|accounts\/)/.test(pathname)) return false
  if (pathname === '/theme.css') {
    outgoing.writeHead(200, { 'content-type': 'text/css' }).end()
    return true
  }
  const file = join(folder, pathname)
  const isFile = extname(pathname) !== '' && existsSync(file)
  const name = isFile ? file : join(folder, 'index.html')
  outgoing
    .writeHead(200, {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    })
    .end(readFileSync(name))
  return true
}
