import type { Assembled } from '../assemble.ts'
import { healthPages } from '../health/pages.ts'
import { jsonAnswer } from '../http/transport.ts'
import type { Log } from '../log.ts'
import type { AdminParts } from '../node/admin.ts'
import { isWorker } from '../node/workers.ts'
import type { ServerParts } from '../parts.ts'
import type { ServerSettings } from '../settings/settings.ts'
import { CommandError } from './command.ts'

const patienceMs = 5000

/** The port for those who run a server, from before there is a server. */
export interface Admin {
  /** What the server has to be given, so that it can be measured. */
  parts: Pick<ServerParts, 'observer'>
  /** Begins to answer for the server; returns how to stop that. @throws CommandError */
  listen(assembled: Assembled): Promise<() => Promise<void>>
}

/** Gets the admin port of the settings ready; without one nothing is loaded or measured. */
export async function prepareAdmin(settings: ServerSettings): Promise<Admin> {
  if (settings.adminPort === null) return { parts: {}, listen: async () => async () => {} }
  const { createMetrics } = await import('../metrics/metrics.ts')
  const metrics = await createMetrics()
  return {
    parts: { observer: metrics.observer },
    async listen(assembled) {
      metrics.watch(assembled.gauges)
      // Metrics of a worker are asked for by the process that looks after it.
      if (isWorker()) return async () => {}
      const { server } = assembled
      const health = healthPages(server)
      return listen(settings, { log: server.log, health, scrape: metrics.scrape })
    },
  }
}

/**
 * Answers for all workers: with the sum of what they measure, and with what one of them says of its state.
 * `url` tells where they listen, once they do. Returns how to stop that. @throws CommandError
 */
export async function adminOfWorkers(
  settings: ServerSettings,
  log: Log,
  url: () => string | null,
): Promise<() => Promise<void>> {
  if (settings.adminPort === null) return async () => {}
  const { clusterScrape } = await import('../metrics/cluster.ts')
  const report = (status: number, body: object) => jsonAnswer(status, JSON.stringify(body))
  const health = new Map([
    ['/health/live', async () => report(200, { status: 'ok' })],
    ['/health/ready', async () => (await readiness(url())) ?? report(503, noWorkers)],
  ])
  return listen(settings, { log, health, scrape: await clusterScrape() })
}

const noWorkers = { status: 'unavailable', reason: 'workers' }

async function readiness(url: string | null) {
  if (url === null) return null
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const answer = await fetch(`${url}/health/ready`, { signal })
    return jsonAnswer(answer.status, await answer.text())
  } catch {
    return null
  }
}

async function listen(
  { adminPort: port, adminHost: host }: ServerSettings,
  parts: AdminParts,
): Promise<() => Promise<void>> {
  const { listenForAdmin } = await import('../node/admin.ts')
  const listening = await listenForAdmin(parts, { port: port ?? 0, host }).catch(
    (error: unknown) => {
      throw new CommandError(`ADMIN_PORT: cannot listen on ${host}, port ${port} (${error})`)
    },
  )
  parts.log.info({ adminUrl: listening.url }, 'listening for metrics')
  return listening.stop
}
