import { rehearse } from '../../parts.ts'
import { cookieWarnings } from '../../settings/cookie-checks.ts'
import { type Command, exitCodes } from '../command.ts'
import { settingsOfProcess } from '../settings.ts'

export const settingsCheckCommand: Command = {
  name: 'settings check',
  summary: 'Say what is wrong with the settings, without starting',
  help: 'Reads the settings as `serve` does. Exit code 3 if a start would fail; warnings are listed.',
  options: {},
  async run() {
    const { settings, warnings } = await settingsOfProcess()
    await rehearse(settings)
    for (const warning of [...warnings, ...(await cookieWarnings(settings))])
      process.stdout.write(`warning: ${warning}\n`)
    if (settings.server.secretKey === null) {
      process.stdout.write('warning: SECRET_KEY: not set; only `serve --dev` starts without one\n')
    }
    process.stdout.write('The settings are consistent.\n')
    return exitCodes.done
  },
}
