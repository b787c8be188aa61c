import { domainToASCII } from 'node:url'
import type { Field } from './input.ts'

interface TextOptions {
  isRequired: boolean
  /** In characters. */
  maxLength?: number
  minLength?: number
}

/** Text without blanks around it; numbers and truth values count as text. */
export function text({ isRequired, maxLength, minLength }: TextOptions): Field<string> {
  return (raw, fail) => {
    const value = toText(raw).trim()
    if (value === '') {
      if (isRequired) fail('required')
      return ''
    }
    if (value.includes('\0')) fail('null_characters_not_allowed')
    else if (!value.isWellFormed()) fail('invalid')
    const length = [...value].length
    if (maxLength !== undefined && length > maxLength) fail('max_length')
    if (minLength !== undefined && length < minLength) fail('min_length')
    return value
  }
}

/** An email address, in lower case. */
export function email({ isRequired, maxLength }: TextOptions): Field<string> {
  const read = text({ isRequired })
  return (raw, fail) => {
    const value = read(raw, fail).toLowerCase()
    if (value === '') return ''
    const isTooLongForAny = value.length > 320
    if (isTooLongForAny || !isEmailAddress(value)) fail('invalid')
    if (isTooLongForAny || value.length > (maxLength ?? 320)) fail('max_length')
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
    if (!/^\+[1-9]\d{1,14}$/.test(value)) fail('invalid_phone')
    return value
  }
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
