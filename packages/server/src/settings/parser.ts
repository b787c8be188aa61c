/** Turns what was given for a setting into the value that the server works with. */
export interface Parser<T> {
  /** What is accepted, as the end of a sentence that begins with "expected". */
  readonly expected: string
  /** Reads an environment variable into a value for `parse`; undefined counts as not set. */
  fromText(text: string): unknown
  /** @throws {WrongValue} when the value is not what is expected. */
  parse(value: unknown): T
  /** Writes a value the way it is given, where that differs from how it is kept. */
  show?(value: T): unknown
}

/** A value that a parser does not accept. */
export class WrongValue extends Error {
  override readonly name = 'WrongValue'
  readonly expected: string
  readonly found: string

  constructor(expected: string, found: unknown) {
    super(`expected ${expected}, found ${describeValue(found)}`)
    this.expected = expected
    this.found = describeValue(found)
  }
}

const longestDescription = 80

/** Names a value in a message, cut to a readable length. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function') return 'a function'
  const text = typeof value === 'bigint' ? `${value}` : (JSON.stringify(value) ?? String(value))
  return text.length > longestDescription ? `${text.slice(0, longestDescription)}…` : text
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
