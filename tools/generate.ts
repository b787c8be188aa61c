// Writes the wire types from the contract. With --check it writes nothing and fails when they are stale.
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const document = new URL('../packages/contract/openapi.yaml', import.meta.url)

/** Where the generated types are kept. */
export const generatedTypes = new URL('../packages/contract/src/api.generated.ts', import.meta.url)

/** Renders the types that belong to the contract as it is now. */
export async function renderTypes(): Promise<string> {
  const nodes = await openapiTS(document)
  return `// Made from openapi.yaml by \`npm run generate\`. Do not edit.\n\n${astToString(nodes)}`
}

async function main(): Promise<void> {
  const expected = await renderTypes()
  if (!process.argv.includes('--check')) return writeFile(generatedTypes, expected)
  const found = await readFile(generatedTypes, 'utf8').catch(() => '')
  if (found === expected) return
  console.error('packages/contract/src/api.generated.ts is stale: run npm run generate')
  process.exitCode = 1
}

if (import.meta.main) await main()
