// Writes the wire types from the contract. With --check it writes nothing and fails when they are stale.
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

/** The documents of the contract, and where the types of each are kept. */
export const generated = [
  {
    document: 'openapi.yaml',
    types: new URL('../packages/contract/src/api.generated.ts', import.meta.url),
  },
  {
    document: 'latchkey.yaml',
    types: new URL('../packages/contract/src/latchkey.generated.ts', import.meta.url),
  },
] as const

/** Renders the types that belong to a document as it is now. */
export async function renderTypes(document: string): Promise<string> {
  const nodes = await openapiTS(new URL(`../packages/contract/${document}`, import.meta.url))
  return `// Made from ${document} by \`npm run generate\`. Do not edit.\n\n${astToString(nodes)}`
}

async function main(): Promise<void> {
  for (const { document, types } of generated) {
    const expected = await renderTypes(document)
    if (!process.argv.includes('--check')) {
      await writeFile(types, expected)
      continue
    }
    const found = await readFile(types, 'utf8').catch(() => '')
    if (found === expected) continue
    console.error(`the types of packages/contract/${document} are stale: run npm run generate`)
    process.exitCode = 1
  }
}

if (import.meta.main) await main()
