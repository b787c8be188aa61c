import type { Group } from '../bench.ts'
import { load } from '../load.ts'
import { cores, startServer } from '../processes.ts'
import { interleave } from '../rounds.ts'
import { betterAuth, betterAuthBrowser, latchkey, latchkeyApp, newEmail } from '../servers.ts'
import { rateRow } from '../table.ts'

const people = 8
const kind = 'SQLite'

/** `POST auth/signup`, each time with a new address; nobody has to verify it. */
export const signups: Group = {
  name: 'signups',
  async run({ databases, options }) {
    const seconds = options.seconds * 2
    await using stack = new AsyncDisposableStack()
    const own = stack.use(await startServer(latchkey(await databases.create(kind), cores.both)))
    const peer = stack.use(await startServer(betterAuth(await databases.create(kind), cores.both)))
    const newcomers = Array(people).fill(() => latchkeyApp.signup(newEmail()))
    const peerNewcomers = Array(people).fill(() => betterAuthBrowser.signup(newEmail()))
    const rounds = await interleave(options.rounds, [
      { name: 'Latchkey', measure: () => load(own, newcomers, seconds) },
      { name: 'better-auth', measure: () => load(peer, peerNewcomers, seconds) },
    ])
    const ratios = [{ value: rounds.ratio('Latchkey', 'better-auth'), text: 'of better-auth' }]
    return [
      rateRow('signup, SQLite', 'Latchkey (argon2id)', { sample: rounds.of('Latchkey'), ratios }),
      rateRow('signup, SQLite', 'better-auth (scrypt)', { sample: rounds.of('better-auth') }),
    ]
  },
}
