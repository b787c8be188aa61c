import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SettingsInput } from './input.ts'
import { SettingsError } from './settings-error.ts'

const fileNames = [
  'latchkey.config.ts',
  'latchkey.config.js',
  'latchkey.config.mjs',
  'latchkey.config.json',
]

/** Gives a settings file types and completion in editors; answers what it gets. */
export function defineSettings(settings: SettingsInput): SettingsInput {
  return settings
}

/**
 * Reads the first of `latchkey.config.ts`, `.js`, `.mjs` and `.json` that is in a folder: its
 * default export, or its export `settings`. Undefined if there is none.
 * @throws {SettingsError} when the file cannot be read or exports nothing of the kind.
 */
export async function readSettingsFile(directory: string): Promise<unknown> {
  const path = fileNames.map((name) => resolve(directory, name)).find((it) => existsSync(it))
  if (path === undefined) return undefined
  return path.endsWith('.json') ? readJson(path) : readModule(path)
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    // The error's own message would quote what may be a secret, so it is not the cause either.
    const position = /position \d+/.exec(String(error))?.[0]
    const where = position === undefined ? '' : ` (wrong at ${position})`
    throw new SettingsError([`${path}: expected JSON${where}`])
  }
}

async function readModule(path: string): Promise<unknown> {
  const exported = await importModule(path)
  const settings = exported.default ?? exported.settings
  if (settings !== undefined) return settings
  throw new SettingsError([`${path}: expected a default export, or an export called settings`])
}

async function importModule(path: string): Promise<Record<string, unknown>> {
  try {
    return await import(pathToFileURL(path).href)
  } catch (error) {
    throw new SettingsError([`${path}: cannot be loaded`], { cause: error })
  }
}
