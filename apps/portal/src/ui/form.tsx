import type { InputError, LatchkeyError } from '@latchkey/client'
import {
  createContext,
  type FormEvent,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react'
import { useSay } from '../lib/language.tsx'
import { sayError, sayFailure } from '../lib/say-error.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

interface FormProps {
  /** Gets the fields by name, as they were typed, once those that are `required` have something in them. */
  onSubmit(values: Record<string, string>): Promise<unknown>
  /** What `useCall` tells of the call that it makes. */
  state: { errors: readonly InputError[]; failure: LatchkeyError | null; isPending: boolean }
  submit: ReactNode
  look?: 'primary' | 'danger'
  children?: ReactNode
}

interface Shown {
  errors: readonly InputError[]
  /** Fields tell which errors they show; the others stand above the form. */
  claim(name: string): () => void
}

const FormContext = createContext<Shown>({ errors: [], claim: () => () => {} })

/** A form that keeps what was typed when something is wrong with it, and leads there. */
export function Form({ onSubmit, state, submit, look = 'primary', children }: FormProps) {
  const say = useSay()
  const form = useRef<HTMLFormElement>(null)
  const [claimed, setClaimed] = useState<readonly string[]>([])
  const [missing, setMissing] = useState<readonly InputError[]>([])
  const { failure, isPending } = state
  const errors = missing.length > 0 ? missing : state.errors
  const others = errors.filter(({ param }) => param === undefined || !claimed.includes(param))
  useEffect(() => {
    if (errors.length === 0) return
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [errors])
  const [shown] = useState(() => ({
    claim(name: string) {
      setClaimed((before) => [...before, name])
      return () => setClaimed((before) => before.filter((it) => it !== name))
    },
  }))

  function submitted(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const empty = emptyFields(event.currentTarget)
    setMissing(empty)
    if (empty.length > 0) return
    const values = Object.entries(Object.fromEntries(new FormData(event.currentTarget)))
    void onSubmit(Object.fromEntries(values.map(([name, value]) => [name, String(value)])))
  }

  return (
    <FormContext.Provider value={{ ...shown, errors }}>
      <form ref={form} className="form" onSubmit={submitted} noValidate>
        {failure && <Notice kind="error">{sayFailure(say, failure)}</Notice>}
        {others.length > 0 && (
          <Notice kind="error">
            {others.map((error) => (
              <p key={`${error.param} ${error.code}`}>{sayError(say, error)}</p>
            ))}
          </Notice>
        )}
        {children}
        <Button type="submit" look={look} isPending={isPending}>
          {submit}
        </Button>
      </form>
    </FormContext.Provider>
  )
}

/** What is wrong with a field of the form around it. */
export function useFormErrors(name: string): string[] {
  const say = useSay()
  const { errors, claim } = useContext(FormContext)
  useEffect(() => claim(name), [claim, name])
  return errors.filter(({ param }) => param === name).map((error) => sayError(say, error))
}

/** An empty code would be an attempt, of which there are few, so it is not even sent. */
function emptyFields(form: HTMLFormElement): InputError[] {
  return [...form.elements]
    .filter((it): it is HTMLInputElement => it instanceof HTMLInputElement)
    .filter(({ required, value, type }) => required && type !== 'checkbox' && value.trim() === '')
    .map(({ name }) => ({ code: 'required', message: 'required', param: name }))
}
