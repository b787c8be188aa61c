'use server'

import { revalidatePath } from 'next/cache'
import { latchkey } from '../../lib/latchkey.ts'
import { addNote } from '../../lib/notes.ts'

/** An action can be called by anybody who knows its address, so it asks for itself who that is. */
export async function add(form: FormData): Promise<void> {
  const { user } = await latchkey.requireUserForAction(form)
  addNote(user.id)
  revalidatePath('/account')
}
