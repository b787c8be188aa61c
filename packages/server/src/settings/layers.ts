import { definitions } from './definitions.ts'
import { aliases, earlierNames } from './earlier-names.ts'
import { groups, isGroup, nearestName, pathName } from './names.ts'
import { describeValue, isRecord } from './parser.ts'
import { booleanFromText } from './parsers.ts'
import { withoutEffect } from './without-effect.ts'

/** A value that was given for a setting. */
export interface Given {
  value: unknown
  /** Where it was given, for messages. */
  source: string
}

/** What one source gives, by the names of the environment. */
export interface Layer {
  given: Map<string, Given>
  problems: string[]
}

const flatNames = new Set([
  ...definitions.map(({ flat }) => flat),
  ...earlierNames.keys(),
  ...aliases.keys(),
  ...withoutEffect.keys(),
])
const flatByPath = new Map([...flatNames].map((flat) => [pathName(flat), flat]))

/** Reads an object of groups (`account: { … }`), or of names as in the environment, or both. */
export function readObject(object: unknown, source: string): Layer {
  const layer: Layer = { given: new Map(), problems: [] }
  if (object === undefined) return layer
  if (!isRecord(object)) {
    layer.problems.push(`${source}: expected an object, found ${kindOf(object)}`)
    return layer
  }
  for (const [name, value] of Object.entries(object)) {
    if (isGroup(name)) readGroup(layer, name, { value, source })
    else if (flatNames.has(name)) give(layer, name, { value, source })
    else layer.problems.push(`${source}: there is no setting ${name}${suggestion(name)}`)
  }
  return layer
}

function readGroup(layer: Layer, group: string, { value, source }: Given): void {
  if (value === undefined) return
  if (!isRecord(value)) {
    layer.problems.push(`${source}: expected an object as ${group}, found ${kindOf(value)}`)
    return
  }
  for (const [key, member] of Object.entries(value)) {
    const path = `${group}.${key}`
    const flat = flatByPath.get(path)
    if (flat) give(layer, flat, { value: member, source })
    else layer.problems.push(`${source}: there is no setting ${path}${suggestion(path)}`)
  }
}

/** Reads the environment: every known name, and complaints about unknown ones with our prefixes. */
export function readEnvironment(environment: Record<string, string | undefined>): Layer {
  const layer: Layer = { given: new Map(), problems: [] }
  const source = 'the environment'
  for (const [name, text] of Object.entries(environment)) {
    const parser = parsersByName.get(name)
    if (text === undefined) continue
    if (parser) give(layer, name, { value: parser.fromText(text), source })
    else if (!ourPrefix.test(name) || madeByKubernetes.test(name)) continue
    else if (withoutEffect.has(name)) give(layer, name, { value: booleanFromText(text), source })
    else layer.problems.push(`${source}: there is no setting ${name}${suggestion(name)}`)
  }
  return layer
}

const ourPrefix = /^(ACCOUNT|HEADLESS|MFA|PORTAL|SOCIALACCOUNT|USERSESSIONS|ALLAUTH|IDP_OIDC)_/

// A service that is called `account` puts ACCOUNT_SERVICE_HOST, ACCOUNT_PORT_80_TCP and more into
// the environment of every container beside it.
const madeByKubernetes = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\d+_(TCP|UDP)(_\w+)?)?)$/

const parsersByName = new Map([
  ...[...earlierNames].map(([name, { parser }]) => [name, parser] as const),
  ...definitions.map(({ flat, parser }) => [flat, parser] as const),
  ...[...aliases].flatMap(([name, flat]) => {
    const parser = definitions.find((it) => it.flat === flat)?.parser
    return parser ? [[name, parser] as const] : []
  }),
])

function give(layer: Layer, name: string, given: Given): void {
  if (given.value === undefined) return
  const flat = aliases.get(name)
  if (flat === undefined) layer.given.set(name, given)
  else if (!layer.given.has(flat)) layer.given.set(flat, given)
}

/** The kind of a value, where its content might be a secret. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  return value === null ? describeValue(value) : `a ${typeof value}`
}

function suggestion(wrong: string): string {
  const nearest = nearestSetting(wrong)
  return nearest === undefined ? '' : ` (did you mean ${nearest}?)`
}

function nearestSetting(wrong: string): string | undefined {
  if (wrong === wrong.toUpperCase()) return nearestName(wrong, flatNames)
  if (wrong.includes('.')) return samePart(wrong) ?? nearestName(wrong, flatByPath.keys())
  return samePart(wrong) ?? nearestName(wrong, groups)
}

/** The setting of that key in another group. */
function samePart(wrong: string): string | undefined {
  const key = wrong.slice(wrong.lastIndexOf('.') + 1)
  return definitions.find((definition) => definition.key === key)?.path
}
