import { LatchkeyError } from '@latchkey/client'
import { basePath } from './client.ts'

/** What a code looks like that somebody has to type. */
export interface CodeShape {
  /** How many characters it has, without the dash. */
  length: number
  is_numeric: boolean
}

/** Something that the sign-up form asks for. */
export interface SignupField {
  name: 'email' | 'email2' | 'username' | 'phone' | 'password' | 'password2'
  is_required: boolean
}

/** What the pages need to know beside the API's configuration. */
export interface Portal {
  name: string
  logo_url?: string
  terms_url?: string
  privacy_url?: string
  support_url?: string
  after_login_url?: string
  signup_fields: SignupField[]
  password_min_length: number
  email_verification: 'mandatory' | 'optional' | 'none'
  changes_email: boolean
  max_email_addresses?: number | null
  has_usernames: boolean
  has_phone_numbers: boolean
  /** Without, providers are the only way in. */
  has_passwords: boolean
  /** Where codes to sign in with can be sent to. */
  login_by_code_methods: ('email' | 'phone')[]
  login_code: CodeShape
  email_verification_code: CodeShape
  phone_verification_code: CodeShape
  password_reset_code: CodeShape
  totp_digits: number
  passkey_signup_enabled: boolean
  recovery_codes_enabled: boolean
  recovery_codes_show_once: boolean
  trust_enabled: boolean
  can_delete_account: boolean
  can_export_account: boolean
}

const patienceMs = 10_000

/** Asks how the pages are to be. @throws LatchkeyError */
export async function getPortal(): Promise<Portal> {
  const response = await ask()
  if (response.ok) {
    const { data } = await response.json()
    return data
  }
  const code = response.status === 503 ? 'unavailable' : 'unexpected'
  throw new LatchkeyError(code, `the server answered ${response.status}`, { response })
}

/** The address of a file of the pages. */
export function fileAt(path: string): string {
  return `${basePath}/${path}`
}

async function ask(): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(patienceMs)
    return await fetch('/_latchkey/browser/v1/portal', { signal })
  } catch (cause) {
    throw new LatchkeyError('network', 'the server could not be reached', { cause })
  }
}
