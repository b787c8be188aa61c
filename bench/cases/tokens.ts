import type { Group } from '../bench.ts'
import { load, type Visitor } from '../load.ts'
import { type Running, startServer } from '../processes.ts'
import { interleave } from '../rounds.ts'
import { askOnce, latchkey, latchkeyApp, newEmail, startBare } from '../servers.ts'
import { rateRow } from '../table.ts'
import { type Answer, writeRequest } from '../wire.ts'

const connections = 16

/** With signed tokens in place of session tokens: the check by one, and their renewal. */
export const tokens: Group = {
  name: 'tokens',
  async run({ databases, options }) {
    const { seconds } = options
    await using stack = new AsyncDisposableStack()
    const env = { ...(await databases.create('SQLite')), HEADLESS_TOKEN_STRATEGY: 'jwt' }
    const own = stack.use(await startServer(latchkey(env)))
    const email = newEmail()
    await askOnce(own, latchkeyApp.signup(email))
    // Anew each time, for tokens do not last long.
    const logIn = () => askOnce(own, latchkeyApp.login(email))
    const bare = stack.use(await startBare(await askOnce(own, checkByToken(await logIn()))))
    async function check(server: Running) {
      const request = checkByToken(await logIn())
      return load(
        server,
        Array(connections).fill(() => request),
        seconds,
      )
    }
    async function refresh() {
      const visitors: Visitor[] = []
      while (visitors.length < connections) visitors.push(refreshAfter(await logIn()))
      return load(own, visitors, seconds)
    }
    const rounds = await interleave(options.rounds, [
      { name: 'bare', measure: () => check(bare) },
      { name: 'check', measure: () => check(own) },
      { name: 'refresh', measure: refresh },
    ])
    return [
      rateRow('session check by access token (RS256), SQLite', 'Latchkey', {
        sample: rounds.of('check'),
        ratios: [{ value: rounds.ratio('check', 'bare'), text: 'of bare' }],
      }),
      rateRow('tokens/refresh (RS256, rotating), SQLite', 'Latchkey', {
        sample: rounds.of('refresh'),
        ratios: [{ value: rounds.ratio('refresh', 'bare'), text: 'of bare' }],
      }),
    ]
  },
}

function checkByToken(login: Answer): Buffer {
  const headers = { Authorization: `Bearer ${JSON.parse(login.body).meta.access_token}` }
  return writeRequest('GET', '/_allauth/app/v1/auth/session', { headers })
}

/** Uses each refresh token once, for the next one. */
function refreshAfter(login: Answer): Visitor {
  return (last) => {
    const { refresh_token } = last ? JSON.parse(last.body).data : JSON.parse(login.body).meta
    return writeRequest('POST', '/_allauth/app/v1/tokens/refresh', { json: { refresh_token } })
  }
}
