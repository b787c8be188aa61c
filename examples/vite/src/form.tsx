import type { InputError, LatchkeyError } from '@latchkey/client'
import { useCall } from '@latchkey/client/react'
import { type FormEvent, useId } from 'react'

/** A field of a form; its name is that of the API. */
interface Field {
  name: string
  label: string
  type?: 'email' | 'password' | 'text'
  autoComplete?: string
}

interface FormProps<Answer> {
  button: string
  fields?: readonly Field[]
  /** Asks the API. What is wrong with a field is shown beside it. */
  send(values: Record<string, string>): Promise<Answer>
  onDone?(answer: Answer): void
}

/** A form that makes one call. */
export function Form<Answer extends { status: number }>(props: FormProps<Answer>) {
  const { button, fields = [], send, onDone } = props
  const id = useId()
  const { call, isPending, errors, ...outcome } = useCall(send)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const values = Object.fromEntries([...new FormData(form)].map(([k, v]) => [k, String(v)]))
    const answer = await call(values)
    if (answer?.status !== 200) return
    form.reset()
    onDone?.(answer)
  }

  const names = fields.map(({ name }) => name)
  const others = errors.filter(({ param }) => !names.includes(param ?? ''))
  return (
    <form onSubmit={submit} aria-busy={isPending}>
      {fields.map(({ name, label, type = 'text', autoComplete }) => (
        <p key={name}>
          <label htmlFor={id + name}>{label}</label>
          <input id={id + name} name={name} type={type} autoComplete={autoComplete} required />
          <Problems of={errors.filter(({ param }) => param === name)} />
        </p>
      ))}
      <button type="submit" disabled={isPending}>
        {button}
      </button>
      <Problems of={others} />
      <Outcome {...outcome} />
    </form>
  )
}

function Problems({ of }: { of: readonly InputError[] }) {
  return of.map(({ message }) => (
    <span key={message} role="alert">
      {message}
    </span>
  ))
}

/** What is not about the input. */
function Outcome({
  answer,
  failure,
}: {
  answer: { status: number } | undefined
  failure: LatchkeyError | null
}) {
  const text = failure
    ? failure.code === 'declined'
      ? 'No passkey was given.'
      : 'The server does not answer. Try again later.'
    : { 403: 'This is not allowed.', 409: 'This is not possible now.', 429: 'Try again later.' }[
        answer?.status ?? 200
      ]
  return text === undefined ? null : <span role="alert">{text}</span>
}
