/** What one load on one server came to. */
export interface Sample {
  perSecond: number
  p50Ms: number
  p99Ms: number
  /** Time of any core that the server spent on one answer; NaN where the machine does not tell. */
  cpuMicros: number
  /** How many cores the server kept busy: below what it has, something else was the bound. */
  busyCores: number
}

/** The middle one of the values; NaN where there is none. */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** The value below or at which so many percent of the values are; NaN where there is none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN
}

/** The median of each figure. */
export function medianSample(samples: readonly Sample[]): Sample {
  const of = (member: keyof Sample) => median(samples.map((it) => it[member]))
  return {
    perSecond: of('perSecond'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    cpuMicros: of('cpuMicros'),
    busyCores: of('busyCores'),
  }
}

/** A number with as many places as matter. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
