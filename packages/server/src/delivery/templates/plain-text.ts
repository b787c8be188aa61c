import { toOneLine } from '../one-line.ts'
import type { Block } from './content.ts'

const columns = 78

/** What looks like a code to whoever reads the plain text: a person, a mail app, a test. */
export const codeLike = /^[A-Z0-9]{3,12}(-[A-Z0-9]{2,12})*$/

/** The text/plain part: codes and links stand alone on a line, and nothing else looks like one. */
export function toPlainText(blocks: readonly Block[], footer: string): string {
  const parts = [...blocks.map(blockLines), ['-- ', ...wrap(footer)]]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function blockLines(block: Block): string[] {
  if (block.kind === 'code') return [toOneLine(block.code)]
  if (block.kind === 'link') return [...wrap(`${block.label}:`), toOneLine(block.url)]
  if (block.kind === 'facts')
    return block.facts.flatMap(([name, value]) => wrap(`${name}: ${value}`))
  return wrap(block.text)
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
  return line.length + 1 + word.length <= columns || codeLike.test(line)
}

/** The last line has no next word: it goes to the end of the line before, or into quotation marks. */
function joinCodeLike(lines: readonly string[]): string[] {
  const last = lines.at(-1)
  if (last === undefined || !codeLike.test(last)) return [...lines]
  if (lines.length === 1) return [`“${last}”`]
  return [...lines.slice(0, -2), `${lines.at(-2)} ${last}`]
}
