import { findPage, type Page, type Pages, servePage } from '../http/pages.ts'
import { plainAnswer, type TransportAnswer, type TransportRequest } from '../http/transport.ts'
import type { Log } from '../log.ts'
import type { Scrape } from '../metrics/metrics.ts'
import { fromIncoming, send } from './answer.ts'
import { bind, urlOf } from './serve.ts'

const { createServer } = process.getBuiltinModule('node:http')

/** A port beside that of the API, for those who run the server. */
export interface AdminListening {
  url: string
  stop(): Promise<void>
}

/** What is told there. */
export interface AdminParts {
  log: Log
  health: Pages
  scrape: () => Promise<Scrape>
}

/** Serves metrics and the state of the server. @throws the socket's error */
export async function listenForAdmin(
  { log, health, scrape }: AdminParts,
  { port, host }: { port: number; host: string },
): Promise<AdminListening> {
  const pages = new Map([...health, ['/metrics', metricsPage(scrape)]])
  const http = createServer((incoming, outgoing) => {
    answer(fromIncoming(incoming))
      .then((answered) => send(incoming, outgoing, answered))
      .catch((error: unknown) => {
        log.error({ err: error }, 'the metrics could not be told')
        if (outgoing.headersSent) outgoing.destroy()
        else outgoing.writeHead(500).end()
      })
  })

  async function answer(request: TransportRequest): Promise<TransportAnswer> {
    const page = findPage(pages, request.target.replace(/\?.*$/s, ''))
    return page ? servePage(page, request) : plainAnswer(404, 'There is nothing here.')
  }

  const address = await bind(http, port, host)
  return {
    url: urlOf(host, address.port),
    async stop() {
      http.close()
      http.closeAllConnections()
    },
  }
}

function metricsPage(scrape: () => Promise<Scrape>): Page {
  return async () => {
    const { type, text } = await scrape()
    return { status: 200, headers: [['content-type', type]], body: text }
  }
}
