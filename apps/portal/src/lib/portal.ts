import { basePath } from './client.ts'

/** What the pages need to know beside the API's configuration. */
export interface Portal {
  name: string
  logo_url?: string
  terms_url?: string
  privacy_url?: string
  after_login_url?: string
  signup_fields: { name: string; is_required: boolean }[]
  password_min_length: number
  email_verification: 'mandatory' | 'optional' | 'none'
  changes_email: boolean
  max_email_addresses: number | null
  has_phone_numbers: boolean
  totp_digits: number
  passkey_signup_enabled: boolean
  trust_enabled: boolean
  can_delete_account: boolean
  can_export_account: boolean
}

/** Asks how the pages are to be. */
export async function getPortal(): Promise<Portal> {
  const response = await fetch('/_latchkey/browser/v1/portal')
  const { data } = await response.json()
  return data
}

/** The address of a file of the pages. */
export function fileAt(path: string): string {
  return `${basePath}/${path}`
}
