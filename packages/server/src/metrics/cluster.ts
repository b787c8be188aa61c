import type { Scrape } from './metrics.ts'

/**
 * Asks the workers of this primary for their metrics and puts them together: numbers are added up,
 * but of what all workers see alike, such as the age of the outbox, the greatest is taken.
 */
export async function clusterScrape(): Promise<() => Promise<Scrape>> {
  const { default: prom } = await import('prom-client')
  const registry = new prom.AggregatorRegistry()
  return async () => ({ type: registry.contentType, text: await registry.clusterMetrics() })
}
