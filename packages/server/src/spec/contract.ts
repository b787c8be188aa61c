import { readFile } from 'node:fs/promises'
import { isJsonObject, type JsonObject } from './json.ts'
import { openapiPath } from './openapi-path.ts'

/** The whole contract, as it is written. */
export function readContract(): Promise<string> {
  return readFile(openapiPath(), 'utf8')
}

/** The whole contract as data. */
export async function parseContract(): Promise<JsonObject> {
  // Loaded here, because a server that is not asked for its specification does without.
  const { parse } = await import('yaml')
  const document: unknown = parse(await readContract())
  // YAML that has neither tags nor dates is JSON.
  const contract = document as JsonObject
  if (!isJsonObject(contract)) throw new Error(`${openapiPath()}: expected an OpenAPI document`)
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
