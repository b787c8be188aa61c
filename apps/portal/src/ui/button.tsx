import type { ButtonHTMLAttributes } from 'react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: what one comes to the page for; `danger`: what can not be undone. */
  look?: 'primary' | 'plain' | 'quiet' | 'danger'
  /** Whether what it does is under way: it then takes no more clicks, but keeps the focus. */
  isPending?: boolean
}

export function Button({ look = 'plain', isPending = false, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${look}`}
      aria-disabled={isPending || undefined}
      aria-busy={isPending || undefined}
      onClick={isPending ? (event) => event.preventDefault() : onClick}
    />
  )
}
