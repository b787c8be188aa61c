import { toOneLine } from '../one-line.ts'
import type { Block } from './content.ts'
import { withoutMarks } from './isolate.ts'
import type { Words } from './words.ts'

const columns = 78

/** What looks like a code to whoever reads the plain text: a person, a mail app, a test. */
export const codeLike = /^[A-Z0-9]{3,12}(-[A-Z0-9]{2,12})*$/

/** The text/plain part: codes and links stand alone on a line, and nothing else looks like one. */
export function toPlainText(
  blocks: readonly Block[],
  footer: string,
  { isRightToLeft, colon }: Pick<Words, 'isRightToLeft' | 'colon'>,
): string {
  const lines = (text: string) => wrap(isRightToLeft ? text : withoutMarks(text))
  const parts = [
    ...blocks.map((block) => blockLines(block, colon, lines)),
    ['-- ', ...lines(footer)],
  ]
  return `${parts.map((part) => part.join('\n')).join('\n\n')}\n`
}

function blockLines(block: Block, colon: string, lines: (text: string) => string[]): string[] {
  if (block.kind === 'code') return [toOneLine(block.code)]
  if (block.kind === 'link') return [...lines(`${block.label}${colon}`), toOneLine(block.url)]
  if (block.kind === 'facts')
    return block.facts.flatMap(([name, value]) => lines(`${name}${colon} ${value}`))
  return lines(block.text)
}

/** Names that users choose are among the words: none of them may pass for a link of ours. */
export function toProse(text: string): string {
  return toOneLine(text.replaceAll('://', ' '))
}

function wrap(text: string): string[] {
  const lines: string[] = []
  for (const word of toProse(text).split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && mayJoin(line, word)) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return joinCodeLike(lines)
}

/** A line that looks like a code takes the next word, however long that is. */
function mayJoin(line: string, word: string): boolean {
  return line.length + 1 + word.length <= columns || isCodeLike(line)
}

/** The last line has no next word: it goes to the end of the line before, or into quotation marks. */
function joinCodeLike(lines: readonly string[]): string[] {
  const last = lines.at(-1)
  if (last === undefined || !isCodeLike(last)) return [...lines]
  if (lines.length === 1) return [`“${last}”`]
  return [...lines.slice(0, -2), `${lines.at(-2)} ${last}`]
}

function isCodeLike(line: string): boolean {
  return codeLike.test(withoutMarks(line))
}
