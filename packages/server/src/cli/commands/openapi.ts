import { routes } from '../../app.ts'
import { routeTable } from '../../http/route.ts'
import { parseContract, toJson, toYaml } from '../../spec/contract.ts'
import { activeContract } from '../../spec/pages.ts'
import { type Command, exitCodes } from '../command.ts'
import { settingsOfProcess } from '../settings.ts'

export const openapiCommand: Command = {
  name: 'openapi',
  summary: 'Print the contract of the API',
  help: `Prints the OpenAPI 3.1 document, as YAML. It describes everything that a server can do; with
--active, what a server with the settings of the working folder and the environment does.`,
  options: {
    json: { type: 'boolean', help: 'As JSON.' },
    active: { type: 'boolean', help: 'Only what the settings switch on.' },
  },
  async run({ json, active }) {
    process.stdout.write(await contractText({ asJson: json === true, isActive: active === true }))
    return exitCodes.done
  },
}

async function contractText(wanted: { asJson: boolean; isActive: boolean }): Promise<string> {
  const document = wanted.isActive ? await contractOfProcess() : await parseContract()
  return wanted.asJson ? toJson(document) : toYaml(document)
}

async function contractOfProcess() {
  const { settings } = await settingsOfProcess()
  return activeContract({ settings, api: routeTable(routes, settings) })
}
