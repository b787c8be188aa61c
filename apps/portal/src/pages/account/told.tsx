import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useLocation } from 'react-router'
import { useSay } from '../../lib/language.tsx'
import { Icon } from './ui/icon.tsx'

const TellContext = createContext<(text: string) => void>(() => {})

/** Says that something was done, until another page is shown. */
export function useTell(): (text: string) => void {
  return useContext(TellContext)
}

interface Said {
  text: string
  /** The page that it was said on. */
  at: string
  count: number
}

/** Shows and reads out what was done, above the pages. */
export function Told({ children }: { children: ReactNode }) {
  const say = useSay()
  const { pathname } = useLocation()
  const [told, setTold] = useState<Said | null>(null)
  const isShown = told?.at === pathname
  useEffect(() => {
    if (!told) return
    // What was done may have taken away what had the focus.
    const timer = setTimeout(() => {
      const { activeElement } = document
      if (activeElement === null || activeElement === document.body) focusHeading()
    }, 50)
    return () => clearTimeout(timer)
  }, [told])

  function tell(text: string): void {
    setTold((before) => ({ text, at: pathname, count: (before?.count ?? 0) + 1 }))
  }

  return (
    <TellContext.Provider value={tell}>
      <div className="told" role="status">
        {isShown && (
          // The same once more is read out once more.
          <div className="told-text" key={told.count}>
            {told.text}
            <button type="button" aria-label={say('common.close')} onClick={() => setTold(null)}>
              <Icon name="close" />
            </button>
          </div>
        )}
      </div>
      {children}
    </TellContext.Provider>
  )
}

/** Leads screen readers to where a page begins. */
export function focusHeading(): void {
  document.querySelector('h1')?.focus()
}
