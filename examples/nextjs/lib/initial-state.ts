import type { AuthState } from '@latchkey/client'
import { latchkey } from './latchkey.ts'

/** What the server knows of whoever asks for a page, in the words of the client. */
export async function initialState(): Promise<AuthState> {
  const session = await latchkey.getSession()
  if (!session) return { status: 'signed-out', flows: [] }
  const { id, display, email, username, hasUsablePassword } = session.user
  return {
    status: 'signed-in',
    user: {
      id,
      display,
      ...(email !== null && { email }),
      ...(username !== null && { username }),
      has_usable_password: hasUsablePassword,
    },
    // What they are, only the client needs to know, and it asks.
    methods: [],
  }
}
