import type { InputError, LatchkeyError } from '@latchkey/client'
import { errors } from '../messages/en/errors.ts'
import type { Say } from './language.tsx'

/** An error in the user's language; one without a text of its own in the server's words. */
export function sayError(say: Say, error: InputError): string {
  const code = codeOf(error)
  return isKnown(code) ? say(`errors.${code}`) : error.message
}

/** Why there was no answer. */
export function sayFailure(
  say: Say,
  { code, requestId, retryAfterSeconds }: LatchkeyError,
): string {
  if (code === 'unavailable' && retryAfterSeconds !== undefined) {
    return say('common.busyUntil', { seconds: retryAfterSeconds })
  }
  if (code === 'unavailable') return say('common.busy')
  if (code === 'declined') return say('errors.key_not_used')
  if (code === 'network' || code === 'timeout') return say('common.unreachable')
  return requestId === undefined ? say('common.failed') : say('common.failedId', { id: requestId })
}

/** The API has two mistakes without a name. */
function codeOf({ code, param }: InputError): string {
  if (code !== '') return code
  return param === 'phone' ? 'phone_taken' : 'email_mismatch'
}

function isKnown(code: string): code is keyof typeof errors {
  return code in errors
}
