import type { RefusalCode } from '../errors.ts'
import { isEmailAddress, isPhoneNumber, oneSpelling } from '../users/spelling.ts'
import type { Field } from './input.ts'

/** In characters: 64 before the @, 255 after it (RFC 5321 §4.5.3.1). */
const longestAddress = 320

interface TextOptions {
  isRequired: boolean
  /** In characters. */
  maxLength?: number
  minLength?: number
  /** In bytes of UTF-8. */
  maxBytes?: number
}

/** Text without blanks around it; numbers and truth values count as text. */
export function text({ isRequired, ...lengths }: TextOptions): Field<string> {
  return (raw, fail) => {
    const value = withoutBlanksAround(toText(raw))
    if (value === '') {
      if (isRequired) fail('required')
      return ''
    }
    for (const code of textProblems(value, lengths)) fail(code)
    return value
  }
}

/** A field that is not asked for, and so not looked at. */
export const absent: Field<string> = () => ''

/** What the API takes for blanks are four separators and U+0085 as well, and no byte order mark. */
function isBlank(character: string): boolean {
  if (character === '\ufeff') return false
  return character.trim() === '' || '\x1c\x1d\x1e\x1f\x85'.includes(character)
}

function withoutBlanksAround(value: string): string {
  let start = 0
  let end = value.length
  while (start < end && isBlank(value.charAt(start))) start += 1
  while (end > start && isBlank(value.charAt(end - 1))) end -= 1
  return value.slice(start, end)
}

function textProblems(value: string, options: Partial<TextOptions>): RefusalCode[] {
  const { minLength = 0, maxLength = Infinity, maxBytes = Infinity } = options
  const length = [...value].length
  const problems: RefusalCode[] = []
  if (value.includes('\0')) problems.push('null_characters_not_allowed')
  else if (!value.isWellFormed()) problems.push('invalid')
  if (length > maxLength || Buffer.byteLength(value) > maxBytes) problems.push('max_length')
  if (length < minLength) problems.push('min_length')
  return problems
}

/** An email address, in its one spelling. */
export function email({ isRequired, maxLength }: TextOptions): Field<string> {
  const read = text({ isRequired })
  return (raw, fail) => {
    const value = oneSpelling(read(raw, fail))
    if (value === '') return ''
    if (!isAddress(value)) fail('invalid')
    if (value.length > Math.min(maxLength ?? longestAddress, longestAddress)) fail('max_length')
    return value
  }
}

/** An email address that is looked up among those there are: one that is too long is just no address. */
export const emailInUse: Field<string> = (raw, fail) => {
  const value = oneSpelling(text({ isRequired: true })(raw, fail))
  if (value !== '' && !isAddress(value)) fail('invalid')
  return value
}

/** Looked at no further where it is longer: that would take its time. */
function isAddress(value: string): boolean {
  return value.length <= longestAddress && isEmailAddress(value)
}

/** A truth value: 0, the text `false` and empty values are false; anything else is true. */
export function flag({ mustBeTrue }: { mustBeTrue: boolean }): Field<boolean> {
  return (raw, fail) => {
    const value = raw !== 0 && !['', 'false'].includes(toText(raw).toLowerCase())
    if (mustBeTrue && !value) fail('required')
    return value
  }
}

/** A list of ids, which are numbers and may be given as text; at least one. An object lists its names. */
export const ids: Field<number[]> = (raw, fail) => {
  const isObject = typeof raw === 'object' && raw !== null
  const listed: unknown[] | null = Array.isArray(raw) ? raw : isObject ? Object.keys(raw) : null
  const code = listed ? problemOfIds(listed) : raw ? 'invalid_list' : 'required'
  if (code === null) return listed?.map(Number) ?? []
  fail(code)
  return []
}

function problemOfIds(listed: readonly unknown[]): RefusalCode | null {
  if (listed.length === 0) return 'required'
  if (listed.some((it) => typeof it === 'object' && it !== null)) return 'invalid_list'
  const texts = listed.filter((it) => typeof it === 'string')
  if (texts.some((it) => it.includes('\0'))) return 'null_characters_not_allowed'
  if (texts.some((it) => !/^\s*[+-]?\d+\s*$/.test(it))) return 'invalid_pk_value'
  // Only one spelling of a number is an id.
  return listed.every((it) => /^(0|[1-9]\d{0,14})$/.test(toText(it))) ? null : 'invalid_choice'
}

/** A telephone number as E.164: plus, country code, digits, nothing between them. */
export function phone({ isRequired }: TextOptions): Field<string> {
  return (raw, fail) => {
    const value = withoutBlanksAround(toText(raw))
    if (value === '') {
      if (isRequired) fail('required')
      return ''
    }
    if (!isPhoneNumber(value)) fail('invalid_phone')
    if (value.includes('\0')) fail('null_characters_not_allowed')
    return value
  }
}

function toText(raw: unknown): string {
  if (typeof raw === 'string') return raw
  if (raw === undefined || raw === null) return ''
  if (typeof raw === 'boolean') return raw ? 'True' : 'False'
  if (typeof raw === 'number') return String(raw)
  // An empty list or object stands for nothing, as null does.
  return Object.keys(raw).length === 0 ? '' : JSON.stringify(raw)
}
