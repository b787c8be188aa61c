import { consistencyChecks } from './consistency.ts'
import { dangers } from './danger.ts'
import { type Definition, definitions } from './definitions.ts'
import { derivations } from './derived.ts'
import { earlierNames, replacements } from './earlier-names.ts'
import { freezeCopy } from './freeze.ts'
import { type Given, type Layer, readEnvironment, readObject } from './layers.ts'
import { type Parser, WrongValue } from './parser.ts'
import { defaults, type Settings } from './settings.ts'
import { SettingsError } from './settings-error.ts'
import { isMet, withoutEffect } from './without-effect.ts'

/** Where settings come from. Each source wins over the ones before it. */
export interface SettingsSources {
  /** What holds in place of the defaults, such as what is off in a library. */
  base?: unknown
  /** What `readSettingsFile` answered. */
  file?: unknown
  /** Usually `process.env`. Its `SETTINGS`, a JSON object, wins over its other names. */
  environment?: Record<string, string | undefined>
  /** Takes the same forms as the file. */
  overrides?: unknown
}

export interface LoadedSettings {
  /** Complete and frozen. */
  settings: Settings
  /** What the server should say at start, a sentence each. */
  warnings: string[]
}

/** @throws {SettingsError} that lists every problem with what was given. */
export function loadSettings(sources: SettingsSources): LoadedSettings {
  const layers = readLayers(sources)
  const given = new Map(layers.flatMap((layer) => [...layer.given]))
  const loading: Loading = {
    given,
    earlier: new Map(),
    wrong: new Set(),
    settings: copyOfDefaults(),
    problems: layers.flatMap((layer) => layer.problems),
    warnings: [...given].flatMap(([name, { value }]) => uselessness(name, value)),
  }
  readEarlierNames(loading)
  readDefinitions(loading)
  deriveSettings(loading)
  checkConsistency(loading)
  if (loading.problems.length > 0) throw new SettingsError(loading.problems)
  const { settings, warnings } = loading
  for (const { name, isWeak, message } of dangers) {
    if (isWeak(settings)) warnings.push(`${name}: ${message}`)
  }
  settings.mfa.passkeyLoginEnabled &&= settings.mfa.supportedTypes.includes('webauthn')
  return { settings: freezeCopy(settings), warnings }
}

/** What is known so far. */
interface Loading {
  /** What was given, by the names of the environment; the last source won. */
  given: Map<string, Given>
  /** The parsed values of earlier names. */
  earlier: Map<string, unknown>
  /** The names whose value was not accepted. */
  wrong: Set<string>
  settings: Settings
  problems: string[]
  warnings: string[]
}

function readLayers({ base, file, environment = {}, overrides }: SettingsSources): Layer[] {
  const { SETTINGS: json, ...others } = environment
  return [
    readObject(base, 'the base'),
    readObject(file, 'the settings file'),
    readEnvironment(others),
    readSettingsVariable(json),
    readObject(overrides, 'the overrides'),
  ]
}

function readSettingsVariable(json: string | undefined): Layer {
  if (json === undefined || json.trim() === '') return readObject(undefined, 'SETTINGS')
  try {
    return readObject(JSON.parse(json), 'SETTINGS')
  } catch (error) {
    // The error's own message would quote what may be a secret.
    const position = /position \d+/.exec(String(error))?.[0]
    const where = position === undefined ? '' : ` (wrong at ${position})`
    return { given: new Map(), problems: [`SETTINGS: expected a JSON object${where}`] }
  }
}

function uselessness(name: string, value: unknown): string[] {
  const reason = withoutEffect.get(name)
  if (reason === undefined || isMet(name, value)) return []
  return [`${name} has no effect: ${reason}`]
}

function readEarlierNames({ given, earlier, problems, warnings }: Loading): void {
  for (const [name, { replacement, parser }] of earlierNames) {
    const found = given.get(name)
    if (found === undefined) continue
    warnings.push(`${name} is an earlier name: use ${replacement}`)
    const value = attempt(problems, found, { name, parser, isSecret: false })
    if (value !== invalid) earlier.set(name, value)
  }
  for (const [name, replace] of replacements) {
    const value = given.has(name) ? undefined : replace(earlier)
    if (value !== undefined) given.set(name, { value, source: 'earlier names' })
  }
}

function readDefinitions({ given, wrong, settings, problems }: Loading): void {
  for (const definition of definitions) {
    const found = given.get(definition.flat)
    if (found === undefined) continue
    const name = `${definition.flat} (${definition.path})`
    const value = attempt(problems, found, { ...definition, name })
    if (value === invalid) wrong.add(definition.flat)
    else assign(settings, definition, value)
  }
}

function deriveSettings({ given, earlier, wrong, settings }: Loading): void {
  const raw = (flat: string) => (wrong.has(flat) ? undefined : given.get(flat)?.value)
  for (const derivation of derivations) {
    assign(settings, derivation, derivation.derive(settings, { raw, earlier }))
  }
}

function checkConsistency({ wrong, settings, problems, warnings }: Loading): void {
  for (const { names, severity, isBroken, message } of consistencyChecks) {
    // A setting that was not accepted has its default here, which nobody asked for.
    if (names.some((name) => wrong.has(name)) || !isBroken(settings)) continue
    const target = severity === 'error' ? problems : warnings
    target.push(`${names.join(', ')}: ${message}`)
  }
}

const invalid = Symbol('invalid')

interface Reading {
  name: string
  parser: Parser<unknown>
  isSecret: boolean
}

function attempt(problems: string[], { value, source }: Given, reading: Reading): unknown {
  try {
    return reading.parser.parse(value)
  } catch (error) {
    if (!(error instanceof WrongValue)) throw error
    const found = reading.isSecret ? 'something else, which is kept secret' : error.found
    // A part of the parser does not know what else is accepted, such as null.
    const { expected } = reading.parser.expected.startsWith(error.expected) ? reading.parser : error
    problems.push(`${reading.name}: expected ${expected}, found ${found} in ${source}`)
    return invalid
  }
}

function copyOfDefaults(): Settings {
  const { account, headless, mfa, portal, socialaccount, usersessions, server } = defaults
  return {
    account: { ...account },
    headless: { ...headless },
    mfa: { ...mfa },
    portal: { ...portal },
    socialaccount: { ...socialaccount },
    usersessions: { ...usersessions },
    server: { ...server },
  }
}

function assign(
  settings: Settings,
  { group, key }: Pick<Definition, 'group' | 'key'>,
  value: unknown,
): void {
  Object.assign(settings[group], { [key]: value })
}
