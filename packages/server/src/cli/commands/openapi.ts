import { readFileSync } from 'node:fs'
import { type Command, exitCodes } from '../command.ts'
import { openapiPath } from '../openapi-path.ts'

export const openapiCommand: Command = {
  name: 'openapi',
  summary: 'Print the contract of the API',
  help: 'Prints the OpenAPI 3.1 document, as YAML.',
  options: {},
  async run() {
    process.stdout.write(readFileSync(openapiPath(), 'utf8'))
    return exitCodes.done
  },
}
