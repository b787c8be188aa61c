import type { Assembled, ServerParts } from '../assemble.ts'
import type { ServerSettings } from '../settings/settings.ts'
import { CommandError } from './command.ts'

/** The port for those who run a server, from before there is a server. */
export interface Admin {
  /** What the server has to be given, so that it can be measured. */
  parts: Pick<ServerParts, 'observer'>
  /** Begins to answer for the server; returns how to stop that. @throws CommandError */
  listen(assembled: Assembled): Promise<() => Promise<void>>
}

/** Gets the admin port of the settings ready; without one nothing is loaded or measured. */
export async function prepareAdmin(settings: ServerSettings): Promise<Admin> {
  const { adminPort: port, adminHost: host } = settings
  if (port === null) return { parts: {}, listen: async () => async () => {} }
  const { createMetrics } = await import('../metrics/metrics.ts')
  const { listenForAdmin } = await import('../node/admin.ts')
  const metrics = await createMetrics()
  return {
    parts: { observer: metrics.observer },
    async listen(assembled) {
      metrics.watch(assembled.gauges)
      const listening = await listenForAdmin(assembled, metrics.scrape, { port, host }).catch(
        (error: unknown) => {
          throw new CommandError(`ADMIN_PORT: cannot listen on ${host}, port ${port} (${error})`)
        },
      )
      assembled.server.log.info({ adminUrl: listening.url }, 'listening for metrics')
      return listening.stop
    },
  }
}
