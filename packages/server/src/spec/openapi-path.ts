import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the contract lies: beside a build, else in its own package. */
export function openapiPath(): string {
  const beside = fileURLToPath(new URL('./openapi.yaml', import.meta.url))
  if (existsSync(beside)) return beside
  return fileURLToPath(import.meta.resolve('@latchkey/contract/openapi.yaml'))
}
