import type { InputError } from '@latchkey/client'

const codes: Readonly<Record<string, string>> = {
  NotAllowedError: 'key_not_used',
  InvalidStateError: 'key_exists',
  SecurityError: 'key_impossible',
  NotSupportedError: 'key_impossible',
  ConstraintError: 'key_impossible',
}

/** Makes what a browser throws where it gives no key into an answer with an error. */
export async function withKeyErrors<Out>(
  operation: () => Promise<Out>,
): Promise<Out | { status: number; errors: InputError[] }> {
  try {
    return await operation()
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    // Given up by the page itself: nobody has to be told.
    if (error.name === 'AbortError') return { status: 400, errors: [] }
    const code = codes[error.name] ?? 'key_not_used'
    return { status: 400, errors: [{ code, message: error.message }] }
  }
}
