/**
 * Copies plain objects and lists down to the last member and freezes the copies. The originals stay
 * as they are; functions and instances of classes are kept.
 */
export function freezeCopy<T>(value: T): T {
  // The copy has the members of the original, so it is of the same type.
  return copy(value) as T
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(copy))
  if (typeof value !== 'object' || value === null) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)])),
  )
}
