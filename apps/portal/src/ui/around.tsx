import type { ReactNode } from 'react'

/** A text with something that is no text, such as a link, in its hole. */
export function Around({
  text,
  hole,
  children,
}: {
  text: string
  hole: string
  children: ReactNode
}) {
  const [before, after] = text.split(`{${hole}}`)
  return (
    <>
      {before}
      {children}
      {after}
    </>
  )
}
