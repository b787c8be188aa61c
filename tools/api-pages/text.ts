import type { Json } from '../../packages/server/src/spec/json.ts'

/** The name of a page or an anchor for a title. */
export function slugOf(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}

/** Text as it can stand in a cell of a table: on one line, without the sign between cells. */
function cell(text: string): string {
  return text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')
}

/** A table; nothing where it would have no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))]
  return `${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}\n`
}

/** A value as a block of JSON. */
export function jsonBlock(value: Json): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`\n`
}

/** Parts of a page with an empty line between them. */
export function joined(parts: readonly string[]): string {
  const kept = parts.map((part) => part.trim()).filter((part) => part !== '')
  return `${kept.join('\n\n')}\n`
}
