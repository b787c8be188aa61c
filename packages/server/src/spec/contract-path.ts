import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A document of the contract: the headless API, and what Latchkey serves besides. */
export type ContractFile = 'openapi.yaml' | 'latchkey.yaml'

/** Where a document lies: beside a build, else in the package of the contract. */
export function contractPath(file: ContractFile): string {
  const beside = fileURLToPath(new URL(`./${file}`, import.meta.url))
  if (existsSync(beside)) return beside
  return fileURLToPath(import.meta.resolve(`@latchkey/contract/${file}`))
}
