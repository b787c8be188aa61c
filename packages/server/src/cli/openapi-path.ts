import { fileURLToPath } from 'node:url'

/** Where the contract lies: in its own package, of which this one depends. */
export function openapiPath(): string {
  return fileURLToPath(import.meta.resolve('@latchkey/contract/openapi.yaml'))
}
