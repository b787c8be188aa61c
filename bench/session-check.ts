// How many session checks a second one process answers, by session token and by access token, beside a
// bare `node:http` server that returns the same bytes. Interleaved rounds; prints medians and the ratio.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assemble } from '../packages/server/src/assemble.ts'
import { createMailbox } from '../packages/server/src/delivery/memory.ts'
import { listen } from '../packages/server/src/node/serve.ts'
import { loadSettings } from '../packages/server/src/settings/load.ts'
import { createUser } from '../packages/server/src/users/create.ts'

const rounds = 7
const requestsPerRound = 4000
const atOnce = 16
const path = '/_allauth/app/v1/auth/session'

interface Answer {
  headers: NodeJS.Dict<string | string[]>
  body: string
}

const agent = new Agent({ keepAlive: true, maxSockets: atOnce })

function send(
  port: number,
  method: string,
  to: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path: to, agent, headers },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () =>
          resolve({ headers: answer.headers, body: Buffer.concat(chunks).toString() }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

async function rate(port: number, headers: Record<string, string>): Promise<number> {
  let left = requestsPerRound
  const started = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await send(port, 'GET', path, headers)
    }),
  )
  return requestsPerRound / ((performance.now() - started) / 1000)
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const { settings } = loadSettings({
    overrides: {
      SECRET_KEY: 'x'.repeat(43),
      DATABASE_PATH: join(folder, 'bench.sqlite3'),
      HEADLESS_TOKEN_STRATEGY: 'jwt',
      HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN: 3600,
    },
  })
  const mailbox = createMailbox(Date.now)
  const assembled = await assemble(settings, { mail: mailbox.mail, sms: mailbox.sms })
  const { db, hasher } = assembled.server
  const user = { email: 'ann@example.org', password: 'correct horse battery' }
  await createUser({ db, hasher, account: settings.account, now: Date.now }, user)
  const listening = await listen(assembled, { port: 0, host: '127.0.0.1' })
  const port = Number(new URL(listening.url).port)
  const login = await send(port, 'POST', '/_allauth/app/v1/auth/login', {}, JSON.stringify(user))
  const { session_token: token, access_token: access } = JSON.parse(login.body).meta
  const session = { 'x-session-token': token }
  const checked = await send(port, 'GET', path, session)
  const same = ['content-type', 'cache-control', 'x-content-type-options', 'x-request-id']
  const bare = createServer((_, outgoing) => {
    const headers = same.flatMap((name) => [name, String(checked.headers[name])])
    outgoing.writeHead(200, [...headers, 'content-length', String(checked.body.length)])
    outgoing.end(checked.body)
  })
  bare.listen(0, '127.0.0.1')
  await once(bare, 'listening')
  // A server that listens on a port has an address of this form.
  const barePort = (bare.address() as AddressInfo).port
  const rates = { latchkey: [] as number[], bearer: [] as number[], bare: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    rates.bare.push(await rate(barePort, session))
    rates.latchkey.push(await rate(port, session))
    rates.bearer.push(await rate(port, { authorization: `Bearer ${access}` }))
  }
  const [ours, theirs] = [median(rates.latchkey), median(rates.bare)]
  console.log(`session checks a second: ${ours.toFixed(0)}, bare node:http: ${theirs.toFixed(0)}`)
  console.log(`ratio: ${(ours / theirs).toFixed(2)} (client and server in one process)`)
  const bearer = median(rates.bearer)
  console.log(
    `by access token (RS256): ${bearer.toFixed(0)}, ratio ${(bearer / theirs).toFixed(2)}`,
  )
  agent.destroy()
  bare.close()
  await listening.stop(1)
  rmSync(folder, { recursive: true, force: true })
}

await main()
