import { isolate } from './isolate.ts'
import type { Words } from './words.ts'

const mostCharacters = 60

/** A name that somebody chose, in quotation marks and not too long. */
export function quote(name: string, { quotes: [before, after] }: Words): string {
  const characters = [...name]
  const isLong = characters.length > mostCharacters
  const shown = isLong ? `${characters.slice(0, mostCharacters - 1).join('')}…` : name
  return `${before}${isolate(shown)}${after}`
}
