import { round, type Sample } from './figures.ts'

/** One line of the table. */
export interface Row {
  what: string
  server: string
  /** With its unit. */
  figure: string
  sample?: Sample
  ratios?: readonly Ratio[]
}

/** What a figure is beside another one, and what it is meant to be. */
export interface Ratio {
  value: number
  /** What follows the number, such as `of bare`. */
  text: string
  atLeast?: number
  atMost?: number
}

/** A line for a rate. */
export function rateRow(
  what: string,
  server: string,
  { sample, ratios = [] }: { sample: Sample; ratios?: readonly Ratio[] },
): Row {
  return { what, server, figure: `${round(sample.perSecond)} a second`, sample, ratios }
}

const titles = ['What', 'Server', 'Figure', 'p50', 'p99', 'CPU each', 'Cores', 'Beside']

/** The table as Markdown. */
export function renderTable(rows: readonly Row[]): string {
  const lines = [titles, ...rows.map(cellsOf)]
  const widths = titles.map((_, column) => Math.max(...lines.map((it) => width(it[column]))))
  const [head = '', ...body] = lines.map((cells) => renderLine(cells, widths))
  return [
    head,
    renderLine(
      widths.map((it) => '-'.repeat(it)),
      widths,
    ),
    ...body,
  ].join('\n')
}

/** The targets that were missed, a line each. */
export function missedTargets(rows: readonly Row[]): string[] {
  return rows.flatMap(({ what, ratios = [] }) =>
    ratios.filter((it) => !holds(it)).map((ratio) => `${what}: ${renderRatio(ratio)}`),
  )
}

function cellsOf({ what, server, figure, sample, ratios = [] }: Row): string[] {
  const figures = sample
    ? [
        `${round(sample.p50Ms)} ms`,
        `${round(sample.p99Ms)} ms`,
        `${round(sample.cpuMicros)} µs`,
        round(sample.busyCores),
      ]
    : ['', '', '', '']
  return [what, server, figure, ...figures, ratios.map(renderRatio).join('; ')]
}

function renderRatio(ratio: Ratio): string {
  const { value, text, atLeast, atMost } = ratio
  const said = `${round(value)} ${text}`
  if (atLeast === undefined && atMost === undefined) return said
  const target = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
  return `${said} (${target}: ${holds(ratio) ? 'holds' : 'missed'})`
}

function holds({ value, atLeast = -Infinity, atMost = Infinity }: Ratio): boolean {
  return value >= atLeast && value <= atMost
}

function renderLine(cells: readonly string[], widths: readonly number[]): string {
  return `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
}

function width(cell: string | undefined): number {
  return cell?.length ?? 0
}
