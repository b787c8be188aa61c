import { domainToASCII, domainToUnicode } from 'node:url'

/** The username as it is compared: compatibility forms and case make no difference. */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase()
}

/** Whether a text is a number in E.164: ITU-T allows 15 digits, and the API takes none of fewer than 6. */
export function isPhoneNumber(value: string): boolean {
  return /^\+[1-9]\d{5,14}$/.test(value)
}

/**
 * An address as it is kept and compared: in lower case, its domain as Unicode has it. Other spellings
 * of a domain reach the same mailbox, and would have counts and accounts of their own.
 */
export function oneSpelling(address: string): string {
  // Only these: the sign for Kelvin in lower case is a k, and another mailbox is not the same.
  const lower = address.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
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
  return isHost && (domain === 'localhost' || (labels.length > 1 && isTopLevel(labels.at(-1))))
}

/** A domain ends in two letters or more, or in the ASCII form of other scripts; never in digits. */
function isTopLevel(label = ''): boolean {
  return /^(?:[a-z-]{2,}|xn--[a-z0-9-]+)$/i.test(label)
}
