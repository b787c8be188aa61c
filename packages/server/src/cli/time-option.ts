import { UsageError } from './command.ts'

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** Reads `24h` or `7d` as that long ago, or a date as ISO 8601 writes it, in UTC unless it says else. */
export function readTime(option: string, text: string, now: number): number {
  const [, amount, unit] = /^(\d{1,6})([mhdw])$/.exec(text) ?? []
  if (amount !== undefined && isUnit(unit)) return now - Number(amount) * unitMs[unit]
  const hasZone = /T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text)
  const isIso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i
  const time = isIso.test(text)
    ? Date.parse(text.includes('T') && !hasZone ? `${text}Z` : text)
    : Number.NaN
  if (Number.isNaN(time)) {
    throw new UsageError(
      `--${option}: expected a date such as 2026-11-24, or 30m, 24h, 7d or 2w ago`,
    )
  }
  return time
}

function isUnit(unit: string | undefined): unit is keyof typeof unitMs {
  return unit !== undefined && unit in unitMs
}
