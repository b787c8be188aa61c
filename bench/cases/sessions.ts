import type { Bench, Group } from '../bench.ts'
import type { DatabaseKind } from '../databases.ts'
import { load } from '../load.ts'
import { type Running, startServer } from '../processes.ts'
import { interleave, type Rounds, type Subject } from '../rounds.ts'
import {
  askOnce,
  betterAuth,
  betterAuthBrowser,
  latchkey,
  latchkeyApp,
  latchkeyBrowser,
  newEmail,
  startBare,
} from '../servers.ts'
import { type Row, rateRow } from '../table.ts'

const connections = 16
const leastOfBare = 0.5
const leastOfPeer = 15

/** `GET auth/session` on each kind of database. */
export const sessions: Group = {
  name: 'sessions',
  async run(bench) {
    const rows: Row[] = []
    for (const kind of bench.kinds) rows.push(...(await measureOn(bench, kind)))
    return rows
  },
}

async function measureOn(bench: Bench, kind: DatabaseKind): Promise<Row[]> {
  const { databases, options } = bench
  await using stack = new AsyncDisposableStack()
  const own = stack.use(await startServer(latchkey(await databases.create(kind))))
  const peer = stack.use(await startServer(betterAuth(await databases.create(kind))))
  const cachedEnv = { ...(await databases.create(kind)), COOKIE_CACHE: '1' }
  const cached = stack.use(await startServer(betterAuth(cachedEnv)))
  const [email, peerEmail, cachedEmail] = [newEmail(), newEmail(), newEmail()]
  await askOnce(own, latchkeyApp.signup(email))
  await askOnce(peer, betterAuthBrowser.signup(peerEmail))
  await askOnce(cached, betterAuthBrowser.signup(cachedEmail))
  const clients = {
    app: { check: latchkeyApp.check, login: latchkeyApp.login(email) },
    browser: { check: latchkeyBrowser.check, login: latchkeyBrowser.login(email) },
    'signed out': { check: latchkeyApp.check, login: null },
  }
  const subjects: Subject[] = []
  for (const [name, client] of Object.entries(clients)) {
    const login = client.login && (await askOnce(own, client.login))
    const bare = stack.use(await startBare(await askOnce(own, client.check(login))))
    subjects.push({ name: `bare, ${name}`, measure: () => check(bare, client.check(login)) })
    subjects.push({ name, measure: () => check(own, client.check(login)) })
  }
  async function check(server: Running, request: Buffer) {
    return load(
      server,
      Array(connections).fill(() => request),
      options.seconds,
    )
  }
  /** Logs in anew each time: what a cookie cache remembers lasts for five minutes. */
  async function checkPeer(server: Running, account: string | null) {
    const login = account === null ? null : await askOnce(server, betterAuthBrowser.login(account))
    return check(server, betterAuthBrowser.check(login))
  }
  subjects.push(
    { name: 'better-auth', measure: () => checkPeer(peer, peerEmail) },
    { name: 'better-auth, cookie cache', measure: () => checkPeer(cached, cachedEmail) },
    { name: 'better-auth, signed out', measure: () => checkPeer(peer, null) },
  )
  return rowsOf(await interleave(options.rounds, subjects), kind)
}

function rowsOf(rounds: Rounds, kind: DatabaseKind): Row[] {
  return [
    ...['app', 'browser'].flatMap((client) => {
      const what = `session check, ${client}, ${kind}`
      // Where PostgreSQL runs, and on which cores, is not the bench's to say.
      const [least, leastBeside] = kind === 'SQLite' ? [leastOfBare, leastOfPeer] : [0, 0]
      const ratios = [
        { value: rounds.ratio(client, `bare, ${client}`), text: 'of bare', atLeast: least },
        {
          value: rounds.ratio(client, 'better-auth'),
          text: 'of better-auth',
          atLeast: leastBeside,
        },
        {
          value: rounds.ratio(client, 'better-auth, cookie cache'),
          text: 'of better-auth with cookie cache',
        },
      ]
      return [
        rateRow(what, 'Latchkey', { sample: rounds.of(client), ratios }),
        rateRow(what, 'bare node:http', { sample: rounds.of(`bare, ${client}`) }),
      ]
    }),
    rateRow(`session check, ${kind}`, 'better-auth', { sample: rounds.of('better-auth') }),
    rateRow(`session check, ${kind}`, 'better-auth, cookie cache', {
      sample: rounds.of('better-auth, cookie cache'),
    }),
    rateRow(`signed out, ${kind}`, 'Latchkey', {
      sample: rounds.of('signed out'),
      ratios: [
        { value: rounds.ratio('signed out', 'bare, signed out'), text: 'of bare' },
        { value: rounds.ratio('signed out', 'better-auth, signed out'), text: 'of better-auth' },
      ],
    }),
    rateRow(`signed out, ${kind}`, 'bare node:http', { sample: rounds.of('bare, signed out') }),
    rateRow(`signed out, ${kind}`, 'better-auth', { sample: rounds.of('better-auth, signed out') }),
  ]
}
