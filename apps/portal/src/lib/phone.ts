/** A number as the API takes it (E.164), without what people put between the digits. */
export function toE164(typed: string): string {
  return typed.replace(/[\s().\-/\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/^00/, '+')
}
