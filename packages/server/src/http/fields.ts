import { domainToASCII, domainToUnicode } from 'node:url'
import type { RefusalCode } from '../errors.ts'
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

/** A truth value: 0, the text `false` and empty values are false; anything else is true. */
export function flag({ mustBeTrue }: { mustBeTrue: boolean }): Field<boolean> {
  return (raw, fail) => {
    const value = raw !== 0 && !['', 'false'].includes(toText(raw).toLowerCase())
    if (mustBeTrue && !value) fail('required')
    return value
  }
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

/** Whether a text is a number in E.164: ITU-T allows 15 digits, and none has fewer than 7. */
export function isPhoneNumber(value: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(value)
}

/**
 * An address as it is kept and compared: in lower case, its domain as Unicode has it. Other spellings
 * of a domain reach the same mailbox, and would have counts and accounts of their own.
 */
export function oneSpelling(address: string): string {
  const lower = address.toLowerCase()
  if (!isEmailAddress(lower)) return lower
  const at = lower.lastIndexOf('@')
  return `${lower.slice(0, at)}@${domainToUnicode(domainToASCII(lower.slice(at + 1)))}`
}

/** Whether a text is an address that mail can be sent to: RFC 5321 with an ASCII local part. */
export function isEmailAddress(value: string): boolean {
  const at = value.lastIndexOf('@')
  const local = value.slice(0, at)
  const domain = value.slice(at + 1)
  if (at < 1 || local.length > 64) return false
  // RFC 5322 §3.2.3, dot-atom.
  if (!/^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(local)) return false
  // Anything that a URL would treat as the end of a host must not reach the conversion.
  if (/[\s/\\?#@:[\]<>^|%]/.test(domain)) return false
  const labels = domainToASCII(domain).split('.')
  const isHost = labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label))
  return (
    isHost && (domain === 'localhost' || (labels.length > 1 && !/^\d+$/.test(labels.at(-1) ?? '')))
  )
}

function toText(raw: unknown): string {
  if (typeof raw === 'string') return raw
  if (raw === undefined || raw === null) return ''
  if (typeof raw === 'boolean') return raw ? 'True' : 'False'
  if (typeof raw === 'number') return String(raw)
  // An empty list or object stands for nothing, as null does.
  return Object.keys(raw).length === 0 ? '' : JSON.stringify(raw)
}
