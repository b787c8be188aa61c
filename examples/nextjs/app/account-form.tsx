'use client'

import { useActionState } from 'react'
import { call } from '../lib/call.ts'

interface Problem {
  message: string
}

/** Signs somebody up or in, in the browser, and goes on to the account. */
export function AccountForm({ path, label }: { path: string; label: string }) {
  const [problems, submit, isPending] = useActionState(send, [])

  async function send(_before: Problem[], form: FormData): Promise<Problem[]> {
    const input = { email: form.get('email'), password: form.get('password') }
    const answer = await call('POST', path, input)
    if (answer.status === 401) return [{ message: 'One more step: see your mail.' }]
    if (!answer.ok) return (await answer.json()).errors ?? [{ message: 'Try again later.' }]
    // A whole new page: what was rendered for nobody is not to be shown from a cache.
    window.location.assign('/account')
    return []
  }

  return (
    <form action={submit}>
      <input name="email" type="email" autoComplete="username" required aria-label="Email" />
      <input name="password" type="password" required aria-label="Password" />
      <button type="submit" disabled={isPending}>
        {label}
      </button>
      {problems.map(({ message }) => (
        <p key={message} role="alert">
          {message}
        </p>
      ))}
    </form>
  )
}
