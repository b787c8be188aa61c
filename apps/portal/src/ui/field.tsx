import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { useSay } from '../lib/language.tsx'
import { useFormErrors } from './form.tsx'

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  /** Also the `param` of the errors that belong to it. */
  name: string
  label: ReactNode
  /** What to know before filling it in. */
  hint?: ReactNode
  /** Beside the label, such as a link. */
  aside?: ReactNode
  /** Inside the field, at its end, such as a button. */
  trailing?: ReactNode
  /** Says beside the label that it can be left out. */
  isOptional?: boolean
}

/** A labelled input with what is wrong with it. */
export function Field({
  name,
  label,
  hint,
  aside,
  trailing,
  isOptional = false,
  type = 'text',
  ...input
}: FieldProps) {
  const id = useId()
  const say = useSay()
  const errors = useFormErrors(name)
  const described = [hint && `${id}-hint`, errors.length > 0 && `${id}-errors`].filter(Boolean)
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>
          {label}
          {isOptional && <span className="field-optional"> ({say('common.optional')})</span>}
        </label>
        {aside}
      </div>
      <div className="field-input">
        <input
          {...input}
          id={id}
          name={name}
          type={type}
          aria-invalid={errors.length > 0 || undefined}
          aria-describedby={described.join(' ') || undefined}
        />
        {trailing}
      </div>
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {errors.length > 0 && (
        <div className="field-errors" id={`${id}-errors`}>
          {errors.map((message) => (
            <p key={message}>{message}</p>
          ))}
        </div>
      )}
    </div>
  )
}
