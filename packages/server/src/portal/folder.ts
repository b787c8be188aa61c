import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the built pages lie: beside a build of the server, else in their own package. */
export function portalFolder(): string {
  const beside = fileURLToPath(new URL('./portal', import.meta.url))
  if (existsSync(`${beside}/index.html`)) return beside
  return fileURLToPath(new URL('../../../../apps/portal/dist', import.meta.url))
}
