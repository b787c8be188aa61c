import Link from 'next/link'
import { latchkey } from '../lib/latchkey.ts'

export default async function Home() {
  const session = await latchkey.getSession()
  return (
    <main>
      <p>Anybody may read this, {session?.user.display ?? 'whoever you are'}.</p>
      <p>
        <Link href="/account">Your notes</Link> <Link href="/sign-in">Sign in</Link>{' '}
        <Link href="/sign-up">Sign up</Link>
      </p>
    </main>
  )
}
