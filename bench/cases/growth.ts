import type { Group } from '../bench.ts'
import { round } from '../figures.ts'
import { emailOf, fillUsers, tokenOf } from '../fill.ts'
import { load, type Visitor } from '../load.ts'
import { cores, runProgram, startServer } from '../processes.ts'
import { interleave } from '../rounds.ts'
import { latchkey, latchkeyApp, latchkeyMigrate } from '../servers.ts'
import { type Row, rateRow } from '../table.ts'
import { writeRequest } from '../wire.ts'

const connections = 16
const mostTimes = 1.15
const few = 1000
const many = 1_000_000

/** The same work with few users and with many. Each request is for another user, at random. */
export const growth: Group = {
  name: 'growth',
  async run({ databases, options }) {
    await using stack = new AsyncDisposableStack()
    const subjects = []
    for (const count of [few, many]) {
      const env = await databases.create('SQLite')
      await runProgram(latchkeyMigrate(env))
      await fillUsers(env.DATABASE_PATH ?? '', count)
      const checked = stack.use(await startServer(latchkey(env)))
      const loggedIn = stack.use(await startServer(latchkey(env, cores.both)))
      const number = () => Math.floor(Math.random() * count)
      const check: Visitor = () =>
        writeRequest('GET', '/_allauth/app/v1/auth/session', {
          headers: { 'X-Session-Token': tokenOf(number()) },
        })
      const login: Visitor = () => latchkeyApp.login(emailOf(number()))
      subjects.push(
        {
          name: `check ${count}`,
          measure: () => load(checked, Array(connections).fill(check), options.seconds),
        },
        {
          name: `login ${count}`,
          measure: () => load(loggedIn, Array(connections).fill(login), options.seconds),
        },
      )
    }
    const rounds = await interleave(options.rounds, subjects)
    return ['check', 'login'].flatMap((what): Row[] => {
      const value = rounds.ratio(`${what} ${few}`, `${what} ${many}`)
      const ratios = [{ value, text: `of the cost with ${round(few)}`, atMost: mostTimes }]
      return [many, few].map((count) =>
        rateRow(`${what}, ${round(count)} users, SQLite`, 'Latchkey', {
          sample: rounds.of(`${what} ${count}`),
          ratios: count === few ? [] : ratios,
        }),
      )
    })
  },
}
