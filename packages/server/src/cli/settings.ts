import { readSettingsFile } from '../settings/file.ts'
import { type LoadedSettings, loadSettings } from '../settings/load.ts'

/** The settings of the working folder and the environment; `overrides` win over both. */
export async function settingsOfProcess(overrides: object = {}): Promise<LoadedSettings> {
  const file = await readSettingsFile(process.cwd())
  return loadSettings({ file, environment: process.env, overrides })
}
