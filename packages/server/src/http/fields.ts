import type { RefusalCode } from '../errors.ts'
import { isEmailAddress, isPhoneNumber, oneSpelling } from '../users/spelling.ts'
import type { Field } from './input.ts'

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
    const value = toText(raw).trim()
    if (value === '') {
      if (isRequired) fail('required')
      return ''
    }
    for (const code of textProblems(value, lengths)) fail(code)
    return value
  }
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
    const isTooLongForAny = value.length > 320
    if (isTooLongForAny || !isEmailAddress(value)) fail('invalid')
    if (isTooLongForAny || value.length > (maxLength ?? 320)) fail('max_length')
    return value
  }
}

/** An email address that is looked up among those there are: one that is too long is just no address. */
export const emailInUse: Field<string> = (raw, fail) => {
  const value = oneSpelling(text({ isRequired: true })(raw, fail))
  if (value !== '' && (value.length > 320 || !isEmailAddress(value))) fail('invalid')
  return value
}

/** A truth value: 0, the text `false` and empty values are false; anything else is true. */
export function flag({ mustBeTrue }: { mustBeTrue: boolean }): Field<boolean> {
  return (raw, fail) => {
    const value = raw !== 0 && !['', 'false'].includes(toText(raw).toLowerCase())
    if (mustBeTrue && !value) fail('required')
    return value
  }
}

/** A list of integers, which may be given as text; at least one. */
export const integers: Field<number[]> = (raw, fail) => {
  const isMissing = raw === undefined || raw === null || raw === ''
  if (isMissing || (Array.isArray(raw) && raw.length === 0)) fail('required')
  else if (!Array.isArray(raw)) fail('invalid_list')
  else if (raw.every((it) => /^\d{1,15}$/.test(toText(it).trim()))) return raw.map(Number)
  else fail('invalid_pk_value')
  return []
}

/** A telephone number as E.164: plus, country code, digits, nothing else. */
export function phone({ isRequired }: TextOptions): Field<string> {
  return (raw, fail) => {
    const value = toText(raw)
    if (value.trim() === '') {
      if (isRequired) fail('required')
      return ''
    }
    if (!isPhoneNumber(value)) fail('invalid_phone')
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
