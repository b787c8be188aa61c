import type { MailParams } from './params.ts'
import type { Words } from './words.ts'

/** A part of a mail. Words go through as they are; the layout escapes and wraps them. */
export type Block =
  | { kind: 'text'; text: string }
  /** To be typed in or pasted: alone on its line. */
  | { kind: 'code'; code: string }
  /** Alone on its line; `label` says where it leads. */
  | { kind: 'link'; url: string; label: string }
  | { kind: 'facts'; facts: readonly (readonly [name: string, value: string])[] }

/** What a template writes. The layout adds the site's name to the title to make the subject. */
export interface MailContent {
  title: string
  blocks: readonly Block[]
}

/** One function for each mail. `site` is ready to be put among words. */
export type MailTemplates = {
  [Template in keyof MailParams]: (
    params: MailParams[Template],
    words: Words,
    site: string,
  ) => MailContent
}

/** Words. */
export function say(text: string): Block {
  return { kind: 'text', text }
}

/** A link, or nothing where no page is configured. */
export function link(url: string | undefined, label: string): Block[] {
  return url ? [{ kind: 'link', url, label }] : []
}

/** A code or key. */
export function code(text: string): Block {
  return { kind: 'code', code: text }
}
