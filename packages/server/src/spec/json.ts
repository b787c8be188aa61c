/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [member: string]: Json
}

/**
 * Answers what takes the place of a part, undefined for nothing. The place is a JSON pointer (RFC
 * 6901), such as `/info/title`.
 */
export type Change = (part: Json, place: string) => Json | undefined

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object's member that is an object; an empty one where it is not. */
export function objectAt(value: Json | undefined, member: string): JsonObject {
  const found = isJsonObject(value) ? value[member] : undefined
  return isJsonObject(found) ? found : {}
}

/** An object's member that is a list; an empty one where it is not. */
export function listAt(value: Json | undefined, member: string): readonly Json[] {
  const found = isJsonObject(value) ? value[member] : undefined
  return Array.isArray(found) ? found : []
}

/** An object's member that is text; empty text where it is not. */
export function textAt(value: Json | undefined, member: string): string {
  const found = isJsonObject(value) ? value[member] : undefined
  return typeof found === 'string' ? found : ''
}

/** Builds an object anew, from the inside out: a change sees parts whose own parts are changed. */
export function rebuild(whole: JsonObject, change: Change): JsonObject {
  const rebuilt = rebuildAt(whole, change, '')
  return isJsonObject(rebuilt) ? rebuilt : {}
}

function rebuildAt(value: Json, change: Change, place: string): Json | undefined {
  if (isJsonObject(value)) {
    const members: Record<string, Json> = {}
    for (const [name, member] of Object.entries(value)) {
      const rebuilt = rebuildAt(member, change, `${place}/${escapeName(name)}`)
      if (rebuilt !== undefined) members[name] = rebuilt
    }
    return change(members, place)
  }
  if (!Array.isArray(value)) return change(value, place)
  const items = value.map((item: Json, index) => rebuildAt(item, change, `${place}/${index}`))
  return change(
    items.filter((item) => item !== undefined),
    place,
  )
}

function escapeName(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name
}

/** An object without some of its members. */
export function without(value: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
}
