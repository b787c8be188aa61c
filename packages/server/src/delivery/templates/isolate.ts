// Unicode UAX #9: what stands between them is shown in its own direction and does not change the rest.
const before = '\u2068'
const after = '\u2069'

const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * A value among words, such as an address in an Arabic sentence: kept together, in its own direction.
 * Marks that it brings along are dropped, or a name could show what is around it in another order.
 */
export function isolate(value: string): string {
  return `${before}${withoutMarks(value)}${after}`
}

/** For words that run from left to right, as nearly all values do: marks would only be in the way. */
export function withoutMarks(text: string): string {
  return text.replace(directionMarks, '')
}

/** The marks as elements, in what is HTML already. */
export function isolatesToHtml(html: string): string {
  return html.replaceAll(before, '<bdi>').replaceAll(after, '</bdi>')
}
