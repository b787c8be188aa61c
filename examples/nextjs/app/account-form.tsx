'use client'

import { useCall, useClient } from '@latchkey/client/react'
import type { FormEvent } from 'react'

const labels = { logIn: 'Sign in', signUp: 'Sign up' }

/** Signs somebody up or in, in the browser, and goes on to the account. */
export function AccountForm({ operation }: { operation: 'logIn' | 'signUp' }) {
  const client = useClient()
  const { call, answer, errors, failure, isPending } = useCall(client[operation])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [email, password] = [String(form.get('email')), String(form.get('password'))]
    const { status } = (await call({ email, password })) ?? {}
    // A whole new page: what was rendered for nobody is not to be shown from a cache.
    if (status === 200) window.location.assign('/account')
  }

  return (
    <form onSubmit={submit}>
      <input name="email" type="email" autoComplete="username" required aria-label="Email" />
      <input name="password" type="password" required aria-label="Password" />
      <button type="submit" disabled={isPending}>
        {labels[operation]}
      </button>
      {answer?.status === 401 && <p role="status">One more step: see your mail.</p>}
      {errors.map(({ message }) => (
        <p key={message} role="alert">
          {message}
        </p>
      ))}
      {(failure || answer?.status === 429) && <p role="alert">Try again later.</p>}
    </form>
  )
}
