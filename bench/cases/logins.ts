import type { Bench, Group } from '../bench.ts'
import type { DatabaseKind } from '../databases.ts'
import type { Sample } from '../figures.ts'
import { load, type Visitor } from '../load.ts'
import { cores, type Running, runProgram, startServer } from '../processes.ts'
import { interleave } from '../rounds.ts'
import {
  askOnce,
  betterAuth,
  betterAuthBrowser,
  type Dialogue,
  latchkey,
  latchkeyApp,
  newEmail,
  rawHash,
} from '../servers.ts'
import { type Row, rateRow } from '../table.ts'

const people = 8
const leastOfHash = 0.97
const leastOfPeer = 4

/** `POST auth/login` beside the hash alone: all of them have both cores, for hashing fills them. */
export const logins: Group = {
  name: 'logins',
  async run(bench) {
    const rows: Row[] = []
    for (const kind of bench.kinds) rows.push(...(await measureOn(bench, kind)))
    return rows
  },
}

async function measureOn({ databases, options }: Bench, kind: DatabaseKind): Promise<Row[]> {
  // A sample needs more than a few answers, and each takes as long as a hash.
  const seconds = options.seconds * 2
  await using stack = new AsyncDisposableStack()
  const own = stack.use(await startServer(latchkey(await databases.create(kind), cores.both)))
  const peer = stack.use(await startServer(betterAuth(await databases.create(kind), cores.both)))
  const ownPeople = await signUp(own, latchkeyApp)
  const peerPeople = await signUp(peer, betterAuthBrowser)
  const rounds = await interleave(options.rounds, [
    { name: 'hash', measure: () => hashAlone(seconds) },
    { name: 'Latchkey', measure: () => load(own, ownPeople, seconds) },
    { name: 'better-auth', measure: () => load(peer, peerPeople, seconds) },
  ])
  const what = `login, ${kind}`
  const ratios = [
    { value: rounds.ratio('Latchkey', 'hash'), text: 'of the hash alone', atLeast: leastOfHash },
    {
      value: rounds.ratio('Latchkey', 'better-auth'),
      text: 'of better-auth',
      atLeast: leastOfPeer,
    },
  ]
  return [
    rateRow(what, 'Latchkey (argon2id)', { sample: rounds.of('Latchkey'), ratios }),
    rateRow(what, 'argon2id alone', { sample: rounds.of('hash') }),
    rateRow(what, 'better-auth (scrypt)', { sample: rounds.of('better-auth') }),
  ]
}

/** People who log in again and again. */
async function signUp(server: Running, dialogue: Dialogue): Promise<Visitor[]> {
  const emails = Array.from({ length: people }, newEmail)
  for (const email of emails) await askOnce(server, dialogue.signup(email))
  return emails.map((email) => () => dialogue.login(email))
}

async function hashAlone(seconds: number): Promise<Sample> {
  const perSecond = Number(await runProgram(rawHash(seconds)))
  const unknown = { p50Ms: Number.NaN, p99Ms: Number.NaN, cpuMicros: Number.NaN }
  return { perSecond, ...unknown, busyCores: Number.NaN }
}
