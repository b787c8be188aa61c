import { readFile } from 'node:fs/promises'
import { type ContractFile, contractPath } from './contract-path.ts'
import { joinDocuments } from './join.ts'
import { isJsonObject, type JsonObject } from './json.ts'

/** The whole contract as one document: the headless API and what Latchkey serves besides. */
export async function parseContract(): Promise<JsonObject> {
  const [headless, own] = await Promise.all([parseFile('openapi.yaml'), parseFile('latchkey.yaml')])
  return joinDocuments(headless, own)
}

async function parseFile(file: ContractFile): Promise<JsonObject> {
  // Loaded here, because a server that is not asked for its specification does without.
  const { parse } = await import('yaml')
  const document: unknown = parse(await readFile(contractPath(file), 'utf8'))
  // YAML that has neither tags nor dates is JSON.
  const contract = document as JsonObject
  if (!isJsonObject(contract)) throw new Error(`${file}: expected an OpenAPI document`)
  return contract
}

/** A document as YAML. */
export async function toYaml(document: JsonObject): Promise<string> {
  const { stringify } = await import('yaml')
  return stringify(document, { lineWidth: 100, aliasDuplicateObjects: false })
}

/** A document as JSON. */
export function toJson(document: JsonObject): string {
  return `${JSON.stringify(document, null, 2)}\n`
}
