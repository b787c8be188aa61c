import type { InputError } from '@latchkey/client'
import { toE164 } from '../../lib/phone.ts'
import { refuse } from '../../lib/use-submit.ts'

/** What signing up takes. */
export type SignupInput = Partial<
  Record<'email' | 'email2' | 'username' | 'phone' | 'password', string>
>

/** What is wrong with fields that ask for something once more; null where nothing is. */
export function refuseRepeated(
  values: Record<string, string>,
): { status: number; errors?: readonly InputError[] } | null {
  const { email = '', email2 = email, password, password2 = password } = values
  if (email.trim().toLowerCase() !== email2.trim().toLowerCase()) {
    return refuse('email_mismatch', 'email2')
  }
  return password === password2 ? null : refuse('password_mismatch', 'password2')
}

/** The fields as the API takes them: what was left empty is left out. */
export function signupInput(values: Record<string, string>): SignupInput {
  const { password2: _, password, phone = '', ...others } = values
  const trimmed = Object.entries(others).map(([name, value]) => [name, value.trim()] as const)
  const given = [...trimmed, ['phone', toE164(phone)] as const].filter(([, value]) => value !== '')
  return { ...Object.fromEntries(given), ...(password && { password }) }
}
