/** What a provider answered. */
export type Json = unknown

/** The value at a path of members and indexes; undefined where there is none. */
export function at(value: Json, ...path: readonly (string | number)[]): Json {
  let found: unknown = value
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined
    found = Reflect.get(found, step)
  }
  return found
}

/** Text at a path, without blanks around it; integers count as text. Undefined where there is none. */
export function textAt(value: Json, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path)
  if (typeof found === 'number') return Number.isSafeInteger(found) ? String(found) : undefined
  const text = typeof found === 'string' ? found.trim() : ''
  return text === '' ? undefined : text
}

/** Whether there is a literal `true` at a path. */
export function isTrueAt(value: Json, ...path: readonly (string | number)[]): boolean {
  return at(value, ...path) === true
}

/** The list at a path; empty where there is none. */
export function listAt(value: Json, ...path: readonly (string | number)[]): readonly Json[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}
