import { setTimeout as sleep } from 'node:timers/promises'
import type { Group } from '../bench.ts'
import { median, round } from '../figures.ts'
import { load, type Visitor } from '../load.ts'
import { cores, type Running, startServer } from '../processes.ts'
import { askOnce, latchkey, latchkeyApp, newEmail } from '../servers.ts'

const mostIdleMib = 110
const mostGrowth = 1.05
const settleMs = 3000
const connections = 16

/** Resident memory: after the first answer, and how it goes on under sign-ups, logins and checks. */
export const memory: Group = {
  name: 'memory',
  async run({ databases, options: { minutes } }) {
    const env = await databases.create('SQLite')
    await using server = await startServer(latchkey(env, cores.both))
    await askOnce(server, latchkeyApp.check(null))
    await sleep(settleMs)
    const idle = server.rssMib()
    const seen = await watch(server, minutes)
    // The first third fills caches and grows the heap to its working size.
    const [, middle, last] = [0, 1, 2].map((third) => median(slice(seen, third)))
    const value = (last ?? 0) / (middle ?? 0)
    return [
      {
        what: 'resident memory, idle',
        server: 'Latchkey',
        figure: `${round(idle)} MiB`,
        ratios: [{ value: idle, text: 'MiB', atMost: mostIdleMib }],
      },
      {
        what: `resident memory, ${round(minutes)} minutes under load`,
        server: 'Latchkey',
        figure: `${round(last ?? 0)} MiB`,
        ratios: [
          { value, text: 'of what it was in the middle third', atMost: mostGrowth },
          { value: Math.max(...seen), text: 'MiB at most' },
        ],
      },
    ]
  },
}

/** The memory in each second of a mixed load. */
async function watch(server: Running, minutes: number): Promise<number[]> {
  const email = newEmail()
  await askOnce(server, latchkeyApp.signup(email))
  const request = latchkeyApp.check(await askOnce(server, latchkeyApp.login(email)))
  const visitors: Visitor[] = [
    ...Array(connections).fill(() => request),
    () => latchkeyApp.login(email),
    () => latchkeyApp.signup(newEmail()),
  ]
  const seen: number[] = []
  const sampling = setInterval(() => seen.push(server.rssMib()), 1000)
  try {
    await load(server, visitors, minutes * 60)
  } finally {
    clearInterval(sampling)
  }
  return seen
}

function slice(values: readonly number[], third: number): number[] {
  const length = Math.floor(values.length / 3)
  return values.slice(third * length, (third + 1) * length)
}
