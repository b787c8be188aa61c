import assert from 'node:assert/strict'
import { type OpenAuth, openAuth } from './open.ts'

/** A program with the portal in a folder of its own. */
export function openWithPortal(): Promise<OpenAuth> {
  return openAuth({ portal: { enabled: true, path: '/auth/' } })
}

/** What is below the folder comes from Latchkey, bytes and all; the rest is of the program. */
export async function tryPortal(
  ask: (path: string, init?: RequestInit) => Promise<Response>,
): Promise<void> {
  const theme = await ask(`/auth/theme.css`)
  assert.equal(theme.status, 200)
  assert.equal(theme.headers.get('content-type'), 'text/css; charset=utf-8')
  assert.equal(await theme.text(), ':root:root {\n  color-scheme: light dark;\n}\n')
  const tag = theme.headers.get('etag') ?? ''
  const again = await ask(`/auth/theme.css`, { headers: { 'if-none-match': tag } })
  assert.equal(again.status, 304)
  const folder = await ask(`/auth`, { redirect: 'manual' })
  assert.equal(folder.headers.get('location'), '/auth/')
  const portal = await ask(`/_latchkey/browser/v1/portal`)
  assert.equal(portal.status, 200)
  assert.equal(await (await ask(`/`)).text(), 'nobody')
}
