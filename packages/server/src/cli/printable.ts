// What moves a cursor, sets a title, hides text or turns its direction.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu

/**
 * Text that a terminal shows as it is: what a client has sent can not play tricks there. It stays
 * within quotes of JSON what it was.
 */
export function toPrintable(text: string): string {
  return text.replace(unprintable, (found) =>
    Array.from({ length: found.length }, (_, index) => found.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

/** At most so many characters, with a mark where some are missing. */
export function fitTo(width: number, text: string): string {
  const characters = [...text]
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`
}
