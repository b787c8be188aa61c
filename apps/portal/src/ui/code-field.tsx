import type { ReactNode } from 'react'
import { Field } from './field.tsx'

interface CodeFieldProps {
  name: string
  label: ReactNode
  /** Digits alone, so that phones show these. */
  isNumeric: boolean
  hint?: ReactNode
  /** Off for codes that no message brings. */
  autoComplete?: 'one-time-code' | 'off'
}

/** A code that has to be typed, large and in fixed steps. */
export function CodeField({ isNumeric, autoComplete = 'one-time-code', ...field }: CodeFieldProps) {
  return (
    <Field
      {...field}
      className="code"
      required
      autoComplete={autoComplete}
      inputMode={isNumeric ? 'numeric' : 'text'}
      autoCapitalize={isNumeric ? 'none' : 'characters'}
      autoCorrect="off"
      spellCheck={false}
      maxLength={64}
    />
  )
}
