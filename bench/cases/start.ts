import type { Group } from '../bench.ts'
import type { DatabaseEnv } from '../databases.ts'
import { median, round } from '../figures.ts'
import { cores, type Program, startServer } from '../processes.ts'
import { askOnce, betterAuth, betterAuthBrowser, latchkey, latchkeyApp } from '../servers.ts'
import type { Row } from '../table.ts'

const starts = 11
const mostMs = 300

/** From the start of the process to the first answer. */
export const start: Group = {
  name: 'start',
  async run({ databases }) {
    const fresh = () => databases.create('SQLite')
    const existing = await fresh()
    const own = (env: DatabaseEnv) => latchkey(env, cores.both)
    const ask = latchkeyApp.check(null)
    const times = { fresh: [] as number[], existing: [] as number[], peer: [] as number[] }
    // The first of each fills caches, and makes the database that exists.
    for (let count = 0; count <= starts; count += 1) {
      const took = {
        fresh: await startOnce(own(await fresh()), ask),
        existing: await startOnce(own(existing), ask),
        peer: await startOnce(betterAuth(await fresh(), cores.both), betterAuthBrowser.check(null)),
      }
      if (count === 0) continue
      times.fresh.push(took.fresh)
      times.existing.push(took.existing)
      times.peer.push(took.peer)
    }
    return [
      row('fresh database', 'Latchkey', { times: times.fresh, atMost: mostMs }),
      row('existing database', 'Latchkey', { times: times.existing, atMost: mostMs }),
      row('fresh database', 'better-auth', { times: times.peer }),
    ]
  },
}

async function startOnce(program: Program, request: Buffer): Promise<number> {
  const startedAt = performance.now()
  await using server = await startServer(program)
  await askOnce(server, request)
  return performance.now() - startedAt
}

function row(
  what: string,
  server: string,
  { times, atMost }: { times: readonly number[]; atMost?: number },
): Row {
  const ms = median(times)
  const ratios = atMost === undefined ? [] : [{ value: ms, text: 'ms', atMost }]
  return { what: `start to first answer, ${what}`, server, figure: `${round(ms)} ms`, ratios }
}
