import { isRecord, type Parser, WrongValue } from './parser.ts'
import { jsonFromText } from './parsers.ts'

/** What the codes look like that people type. */
export interface CodeFormat {
  /** Digits only; otherwise consonants, which spell no words. */
  numeric: boolean
  /** Whether a dash separates groups of characters. It need not be typed. */
  dashed: boolean
  /** How many characters, dashes not counted. */
  length: number
}

const expected =
  'an object with any of "numeric" and "dashed" (true or false) and "length" (from 4 to 64)'

export const codeFormat: Parser<CodeFormat> = {
  expected,
  fromText: jsonFromText,
  parse: (value) => completeCodeFormat(readCodeFormat(value)),
}

/** Fills in what is not given. Digits carry less, so a numeric code is one longer by default. */
export function completeCodeFormat(given: Partial<CodeFormat>): CodeFormat {
  const numeric = given.numeric ?? false
  return { numeric, dashed: given.dashed ?? true, length: given.length ?? (numeric ? 9 : 8) }
}

/** Only the members that were given. */
export function readCodeFormat(value: unknown): Partial<CodeFormat> {
  if (!isRecord(value)) throw new WrongValue(expected, value)
  const { numeric, dashed, length, ...others } = value
  if (Object.keys(others).length > 0) throw new WrongValue(expected, value)
  return {
    ...(numeric !== undefined && { numeric: flag(numeric, value) }),
    ...(dashed !== undefined && { dashed: flag(dashed, value) }),
    ...(length !== undefined && { length: size(length, value) }),
  }
}

function flag(member: unknown, whole: unknown): boolean {
  if (typeof member !== 'boolean') throw new WrongValue(expected, whole)
  return member
}

function size(member: unknown, whole: unknown): number {
  const fits = typeof member === 'number' && Number.isInteger(member)
  if (!fits || member < 4 || member > 64) throw new WrongValue(expected, whole)
  return member
}
