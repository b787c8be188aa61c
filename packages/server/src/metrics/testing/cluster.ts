// A primary and two workers that measure; the primary prints what all have measured together.
import cluster from 'node:cluster'
import { once } from 'node:events'
import { clusterScrape } from '../cluster.ts'
import { createMetrics } from '../metrics.ts'

if (cluster.isPrimary) {
  const scrape = await clusterScrape()
  const workers = [cluster.fork(), cluster.fork()]
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  process.stdout.write((await scrape()).text)
  for (const worker of workers) worker.kill()
} else {
  const metrics = await createMetrics()
  metrics.observer.count({ what: 'limited', action: 'login' })
  metrics.watch({
    hashing: { running: 2, queued: 0 },
    outbox: { oldestAgeMs: async () => 5000, countWaiting: async () => new Map([['mail', 7]]) },
  })
  process.send?.('ready')
}
