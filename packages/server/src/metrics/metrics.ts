import cluster from 'node:cluster'
import type { Gauges, Observer } from '../observer.ts'
import { createGauges } from './gauges.ts'
import { createInstruments } from './instruments.ts'
import { measuringObserver } from './observer.ts'

/** Metrics in the text format of Prometheus. */
export interface Scrape {
  type: string
  text: string
}

/** The metrics of one process. */
export interface Metrics {
  /** Give it to the server that is measured. */
  observer: Observer
  /** Has these asked at each scrape. */
  watch(gauges: Gauges): void
  scrape(): Promise<Scrape>
}

/** Begins to measure this process; the package for it is loaded only here. */
export async function createMetrics(): Promise<Metrics> {
  const { default: prom } = await import('prom-client')
  const registry = new prom.Registry()
  let watched: Gauges | undefined
  prom.collectDefaultMetrics({ register: registry })
  createGauges(prom, registry, () => watched)
  const observer = measuringObserver(createInstruments(prom, registry))
  if (cluster.isWorker) {
    // From now on it answers the primary that asks by `clusterScrape`.
    prom.AggregatorRegistry.setRegistries([registry])
    new prom.AggregatorRegistry()
  }
  return {
    observer,
    watch(gauges) {
      watched = gauges
    },
    scrape: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  }
}
