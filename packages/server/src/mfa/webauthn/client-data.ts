import { memberOf } from '../../http/input.ts'

/** What a browser says of where a key was used (WebAuthn Level 3 §5.8.1). */
export interface ClientData {
  origin: string
  /** Whether that was a frame within a page of another origin. */
  isFramed: boolean
}

/** Reads it out of a credential; null where it is not there. The library takes no patterns for origins. */
export function readClientData(credential: unknown): ClientData | null {
  const json = memberOf(memberOf(credential, 'response'), 'clientDataJSON')
  if (typeof json !== 'string') return null
  try {
    const data: unknown = JSON.parse(Buffer.from(json, 'base64url').toString())
    const origin = memberOf(data, 'origin')
    if (typeof origin !== 'string') return null
    const isFramed =
      memberOf(data, 'crossOrigin') === true || memberOf(data, 'topOrigin') !== undefined
    return { origin, isFramed }
  } catch {
    // Not JSON: nothing is in it.
    return null
  }
}
