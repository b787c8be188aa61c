import { latchkey } from '../../lib/latchkey.ts'
import { countNotes } from '../../lib/notes.ts'
import { add } from './actions.ts'
import { SignOut } from './sign-out.tsx'

export default async function Account() {
  const { user } = await latchkey.requireUser()
  return (
    <main>
      <p>
        {user.display} has {countNotes(user.id)} notes.
      </p>
      <form action={add}>
        <input type="hidden" name="csrfmiddlewaretoken" value={await latchkey.csrfToken()} />
        <button type="submit">One more</button>
      </form>
      <SignOut />
    </main>
  )
}
