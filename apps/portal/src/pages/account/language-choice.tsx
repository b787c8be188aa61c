import type { LatchkeyError } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { useEffect, useRef, useState } from 'react'
import { type Language, useLanguage } from '../../lib/language.tsx'
import { LanguageSelect } from '../../ui/language-select.tsx'
import { Section } from './ui/section.tsx'
import { Wrong } from './ui/wrong.tsx'

/** The language of these pages, and of the messages that the user gets. */
export function LanguageChoice() {
  const client = useClient()
  const { setLanguage, offered, say } = useLanguage()
  const [failure, setFailure] = useState<LatchkeyError | null>(null)
  // One after the other, so that the last choice is the one that is kept.
  const saving = useRef(Promise.resolve())
  if (offered.length < 2) return null

  function choose(chosen: Language): void {
    setLanguage(chosen)
    saving.current = saving.current
      .then(() => client.updateAccount({ language: chosen }))
      .then(() => setFailure(null), setFailure)
  }

  return (
    <Section title={say('common.language')} intro={say('account.languageText')}>
      <Wrong of={{ errors: [], failure }} />
      <LanguageSelect
        className="account-language"
        label={say('account.languageChoice')}
        onChoose={choose}
      />
    </Section>
  )
}

/** Speaks the language that the user has chosen, on a device where nothing was chosen yet. */
export function useChosenLanguage(): void {
  const client = useClient()
  const { suggestLanguage } = useLanguage()
  useEffect(() => {
    const controller = new AbortController()
    client.getAccount(undefined, { signal: controller.signal }).then(
      (answer) => answer.status === 200 && suggestLanguage(answer.data.language),
      // Any language will do where none is told.
      () => {},
    )
    return () => controller.abort()
  }, [client, suggestLanguage])
}
