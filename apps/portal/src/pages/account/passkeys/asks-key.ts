import type { InputError } from '@latchkey/client'
import type { MessageName, Say } from '../../../lib/language.tsx'

interface Declined {
  status: 400
  errors: InputError[]
}

/** Why browsers give no key (WebAuthn Level 3 §5.1.3, §5.1.4). */
const reasons: Readonly<Record<string, MessageName>> = {
  NotAllowedError: 'account.keyDeclined',
  InvalidStateError: 'account.keyKnown',
}

/** Has the browser ask for a key; says in words why there is none. */
export async function asksKey<Out>(say: Say, asked: Promise<Out>): Promise<Out | Declined> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    const message = say(reasons[error.name] ?? 'account.keyFailed')
    return { status: 400, errors: [{ code: '', message }] }
  }
}
