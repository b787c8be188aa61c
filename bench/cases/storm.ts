import type { Group } from '../bench.ts'
import { round, type Sample } from '../figures.ts'
import { load, pace } from '../load.ts'
import { cores, type Running, startServer } from '../processes.ts'
import { interleave } from '../rounds.ts'
import {
  askOnce,
  betterAuth,
  betterAuthBrowser,
  type Dialogue,
  latchkey,
  latchkeyApp,
  newEmail,
} from '../servers.ts'
import type { Row } from '../table.ts'

const stormers = 50
const checksPerSecond = 100
const mostP99Ms = 10

/** Session checks, so many a second, while many people log in at once and again and again. */
export const storm: Group = {
  name: 'storm',
  async run({ databases, options }) {
    const seconds = options.seconds * 2
    await using stack = new AsyncDisposableStack()
    const start = async (program: typeof latchkey, pinned: string) =>
      stack.use(await startServer(program(await databases.create('SQLite'), pinned)))
    const one = await start(latchkey, cores.server)
    const both = await start(latchkey, cores.both)
    const peer = await start(betterAuth, cores.both)
    const subjects = [
      { name: 'one core', measure: await rehearse(one, latchkeyApp, seconds) },
      { name: 'both cores', measure: await rehearse(both, latchkeyApp, seconds) },
      { name: 'better-auth', measure: await rehearse(peer, betterAuthBrowser, seconds) },
    ]
    const rounds = await interleave(options.rounds, subjects)
    const row = (name: string, server: string, atMost?: number): Row => {
      const { p50Ms, p99Ms } = rounds.of(name)
      const target = atMost === undefined ? {} : { atMost }
      return {
        what: `${checksPerSecond} session checks a second while ${stormers} log in, SQLite`,
        server,
        figure: `${round(p50Ms)} ms`,
        ratios: [{ value: p99Ms, text: 'ms for the slowest in 100', ...target }],
      }
    }
    return [
      row('both cores', 'Latchkey, both cores', mostP99Ms),
      row('one core', 'Latchkey, one core'),
      row('better-auth', 'better-auth, both cores'),
    ]
  },
}

/** Prepares the checks and the storm around them. */
async function rehearse(
  server: Running,
  dialogue: Dialogue,
  seconds: number,
): Promise<() => Promise<Sample>> {
  const email = newEmail()
  await askOnce(server, dialogue.signup(email))
  const request = dialogue.check(await askOnce(server, dialogue.login(email)))
  const stormer = () => dialogue.login(email)
  return async () => {
    const storming = load(server, Array(stormers).fill(stormer), seconds)
    const sample = await pace(server, () => request, { perSecond: checksPerSecond, seconds })
    await storming
    return sample
  }
}
