import { latchkey } from '../../lib/latchkey.ts'
import { addNote } from '../../lib/notes.ts'

// A page has to send the token along; an app, which has no cookies, does not.
export const POST = latchkey.withUser(async (_request, { user }) =>
  Response.json({ count: addNote(user.id) }, { status: 201 }),
)
