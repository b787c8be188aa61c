import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { messages as en } from '../messages/en/index.ts'

/** Every text of the pages, by area and name. */
export type Messages = { readonly [Area in keyof typeof en]: Texts<(typeof en)[Area]> }

type Texts<Area> = { readonly [Name in keyof Area]: string }

/** Names of texts, such as `auth.logIn`. */
export type MessageName = {
  [Area in keyof Messages & string]: `${Area}.${keyof Messages[Area] & string}`
}[keyof Messages & string]

/** The languages of the pages, each in its own words. */
export const languages = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
} as const

export type Language = keyof typeof languages

// The keys of an object of this type.
const all = Object.keys(languages) as Language[]
const rightToLeft: readonly Language[] = ['ar']
const storageKey = 'latchkey.language'

const others: Record<Exclude<Language, 'en'>, () => Promise<{ messages: Messages }>> = {
  de: () => import('../messages/de/index.ts'),
  fr: () => import('../messages/fr/index.ts'),
  es: () => import('../messages/es/index.ts'),
  ar: () => import('../messages/ar/index.ts'),
}

/** A text with its holes, such as `{email}`, filled. */
export type Say = (name: MessageName, values?: Record<string, string | number>) => string

interface Spoken {
  language: Language
  setLanguage(language: Language): void
  /** Those that can be chosen. */
  offered: readonly Language[]
  /** Narrows them to those of the server, the first of which is spoken where nothing else is wanted. */
  offerLanguages(codes: readonly string[]): void
  say: Say
}

const SpokenContext = createContext<Spoken | null>(null)

/** Speaks the language that was chosen, else the first of the browser's that there is. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [chosen, choose] = useState(kept)
  const [offered, setOffered] = useState<readonly Language[]>(all)
  const language = preferred(chosen, offered)
  const [messages, setMessages] = useState<Messages>()
  useEffect(() => {
    let isLatest = true
    void load(language).then((loaded) => {
      if (!isLatest) return
      document.documentElement.lang = language
      document.documentElement.dir = rightToLeft.includes(language) ? 'rtl' : 'ltr'
      setMessages(loaded)
    })
    return () => {
      isLatest = false
    }
  }, [language])
  const setLanguage = useCallback((chosen: Language) => {
    keep(chosen)
    choose(chosen)
  }, [])
  const offerLanguages = useCallback((codes: readonly string[]) => {
    const known = codes.filter(isLanguage)
    setOffered(known.length > 0 ? known : ['en'])
  }, [])
  const say = useCallback<Say>(
    (name, values) => fill(textOf(messages ?? en, name), values),
    [messages],
  )
  // Showing English first would flash.
  if (!messages) return null
  return (
    <SpokenContext.Provider value={{ language, setLanguage, offered, offerLanguages, say }}>
      {children}
    </SpokenContext.Provider>
  )
}

/** The language of the pages, and their texts. */
export function useLanguage(): Spoken {
  const spoken = useContext(SpokenContext)
  if (!spoken) throw new Error('useLanguage: expected a LanguageProvider around this component')
  return spoken
}

/** The texts of the pages. */
export function useSay(): Say {
  return useLanguage().say
}

async function load(language: Language): Promise<Messages> {
  if (language === 'en') return en
  // Where its file can not be had, English is better than nothing.
  const loaded = await others[language]().catch(() => null)
  return loaded?.messages ?? en
}

function textOf(messages: Messages, name: MessageName): string {
  const [area = '', key = ''] = name.split('.')
  // The name's type says that there is such a text.
  return String(Reflect.get(Reflect.get(messages, area), key))
}

function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))
}

function preferred(chosen: string | null, offered: readonly Language[]): Language {
  const wanted = [chosen, ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())]
  return wanted.filter(isLanguage).find((it) => offered.includes(it)) ?? offered[0] ?? 'en'
}

function isLanguage(code: string | null): code is Language {
  return code !== null && Object.hasOwn(languages, code)
}

function kept(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // A browser that keeps nothing asks again the next time.
  }
}
