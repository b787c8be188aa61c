import type { Gauge, Registry } from 'prom-client'
import type { Gauges } from '../observer.ts'
import type { PromClient } from './instruments.ts'

/** Numbers by the label `kind`, or one without a label. */
type Reading = ReadonlyMap<string, number> | number | undefined

interface GaugeDefinition {
  name: string
  help: string
  labelNames?: 'kind'[]
  /** Of several workers: each hashes for itself, but all look at one outbox. */
  aggregator: 'sum' | 'max'
  read(watched: Gauges | undefined): Promise<Reading> | Reading
}

const definitions: readonly GaugeDefinition[] = [
  {
    name: 'latchkey_hash_running',
    help: 'Passwords that are being hashed.',
    aggregator: 'sum',
    read: (watched) => watched?.hashing.running,
  },
  {
    name: 'latchkey_hash_queued',
    help: 'Passwords that wait to be hashed.',
    aggregator: 'sum',
    read: (watched) => watched?.hashing.queued,
  },
  {
    name: 'latchkey_outbox_oldest_age_seconds',
    help: 'Age of the oldest message that is still to be sent.',
    aggregator: 'max',
    read: async (watched) => watched && (await watched.outbox.oldestAgeMs()) / 1000,
  },
  {
    name: 'latchkey_outbox_waiting',
    help: 'Messages that are still to be sent.',
    labelNames: ['kind'],
    aggregator: 'max',
    read: (watched) => watched?.outbox.countWaiting(),
  },
]

/** Measures at each scrape what a server can be asked; nothing while there is no server. */
export function createGauges(
  prom: PromClient,
  registry: Registry,
  watched: () => Gauges | undefined,
): void {
  for (const { read, ...definition } of definitions) {
    const gauge: Gauge<'kind'> = new prom.Gauge<'kind'>({
      ...definition,
      registers: [registry],
      async collect() {
        // The database may be down: the other metrics are told all the same.
        const reading = await Promise.resolve(watched()).then(read).catch(unknown)
        set(gauge, reading)
        // Without labels, what is unknown would be told as 0.
        if (reading === undefined && !definition.labelNames) gauge.remove()
      },
    })
  }
}

/** What was true before the database failed is not told as if it were true now. */
function set(gauge: Gauge<'kind'>, reading: Reading): void {
  gauge.reset()
  if (typeof reading === 'number') gauge.set(reading)
  else for (const [kind, count] of reading ?? []) gauge.set({ kind }, count)
}

function unknown(): undefined {
  return undefined
}
