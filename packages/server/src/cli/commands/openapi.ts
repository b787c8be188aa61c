import { readFileSync } from 'node:fs'
import { type Command, exitCodes } from '../command.ts'
import { openapiPath } from '../openapi-path.ts'

export const openapiCommand: Command = {
  name: 'openapi',
  summary: 'Print the contract of the API',
  help: 'Prints the OpenAPI 3.1 document, as YAML.',
  options: { json: { type: 'boolean', help: 'As JSON.' } },
  async run({ json }) {
    const yaml = readFileSync(openapiPath(), 'utf8')
    process.stdout.write(json ? await toJson(yaml) : yaml)
    return exitCodes.done
  },
}

async function toJson(yaml: string): Promise<string> {
  // Loaded here, because no other command needs it.
  const { parse } = await import('yaml')
  return `${JSON.stringify(parse(yaml), null, 2)}\n`
}
