import { parseArgs } from 'node:util'

/** What a run of the bench measures, and for how long. */
export interface Options {
  /** The groups to measure; all of them where it is empty. */
  only: readonly string[]
  rounds: number
  /** How long one sample takes. */
  seconds: number
  /** How long memory is watched under load. */
  minutes: number
  /** A PostgreSQL server on which databases can be made; null where there is none. */
  postgres: string | null
  /** Whether the table goes into README.md: that of a whole run does. */
  writes: boolean
}

/** Explains the options. */
export const help = `npm run bench -- [options]

  --only GROUPS    Measure only these, with commas between them.
  --rounds N       Rounds of each comparison (default 5, with --short 3).
  --seconds N      Length of one sample (default 2, with --short 1).
  --minutes N      How long memory is watched under load (default 2, with --short 0.5).
  --short          A quick look, not for the record.
  --postgres URL   Sessions and logins on PostgreSQL too; TEST_POSTGRES_URL does the same.
  --write          Put the table into bench/README.md, as a whole run does anyway.
`

/** Reads the words of the command line; null where they ask for help. @throws for what is no option. */
export function readOptions(words: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...words],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      only: { type: 'string', default: '' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      minutes: { type: 'string' },
      short: { type: 'boolean', default: false },
      postgres: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  const only = values.only.split(',').filter((name) => name !== '')
  return {
    only,
    rounds: Math.ceil(positive('rounds', values.rounds ?? (values.short ? '3' : '5'))),
    seconds: positive('seconds', values.seconds ?? (values.short ? '1' : '2')),
    minutes: positive('minutes', values.minutes ?? (values.short ? '0.5' : '2')),
    postgres: values.postgres ?? process.env.TEST_POSTGRES_URL ?? null,
    writes: values.write || (only.length === 0 && !values.short),
  }
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (value > 0) return value
  throw new Error(`--${name}: expected a number above 0, found "${text}"`)
}
