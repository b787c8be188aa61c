import { type ReactNode, useEffect, useRef } from 'react'
import { useConfiguration } from '../lib/configuration.tsx'

/** What a page shows, under its heading, which gets the focus so that screen readers begin there. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { portal } = useConfiguration()
  useEffect(() => {
    document.title = `${title} · ${portal.name}`
    // A field that wants the focus has it already.
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body) heading.current?.focus()
  }, [title, portal.name])
  return (
    <main className="page">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  )
}
