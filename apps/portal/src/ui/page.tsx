import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useConfiguration } from '../lib/configuration.tsx'

interface PageProps {
  title: string
  /** Whether the first field gets the focus, where filling it in is what the page is for. */
  startsAtField?: boolean
  children: ReactNode
}

/** What a page shows, under its heading, which gets the focus so that screen readers begin there. */
export function Page({ title, startsAtField = false, children }: PageProps) {
  const id = useId()
  const main = useRef<HTMLElement>(null)
  const { portal } = useConfiguration()
  useEffect(() => {
    document.title = `${title} · ${portal.name}`
  }, [title, portal.name])
  useEffect(() => {
    // A field that wants the focus has it already.
    const { activeElement } = document
    if (activeElement !== null && activeElement !== document.body) return
    const field = startsAtField && main.current?.querySelector<HTMLElement>(fields)
    const start = field || main.current?.querySelector<HTMLElement>('h1')
    start?.focus()
  }, [startsAtField])
  return (
    <main ref={main} className="page" aria-labelledby={id}>
      <h1 id={id} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  )
}

const fields = 'form input:not([readonly]):not([tabindex="-1"])'
