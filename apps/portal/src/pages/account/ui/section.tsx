import { type ReactNode, useId } from 'react'

interface SectionProps {
  title: ReactNode
  /** What to know about it. */
  intro?: ReactNode
  children?: ReactNode
}

/** A card of a page. */
export function Section({ title, intro, children }: SectionProps) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {intro && <p className="muted">{intro}</p>}
      {children}
    </section>
  )
}
