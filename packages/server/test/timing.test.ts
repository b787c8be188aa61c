// How long an answer takes must not tell whether there is an account. Known and unknown addresses
// are asked for in random order in one process, so that whatever else the machine does hits both.
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../src/testing/auth.ts'

const password = 'velvet-Otter-41'
const samples = 200
const warmUps = 10
const mostRounds = 3

interface Endpoint {
  name: string
  path: string
  settings: object
  input: (email: string) => object
  /** How many requests are under way at once. */
  clients: number
  isDifferent: (times: Times) => boolean
}

interface Times {
  known: number[]
  unknown: number[]
}

const endpoints: readonly Endpoint[] = [
  {
    name: 'auth/login with a wrong password',
    path: 'auth/login',
    settings: {},
    input: (email) => ({ email, password: 'wrong' }),
    clients: 2,
    isDifferent: isDifferentHash,
  },
  {
    name: 'auth/signup with mandatory verification',
    path: 'auth/signup',
    settings: { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' },
    input: (email) => ({ email, password }),
    clients: 2,
    isDifferent: isDifferentHash,
  },
  // Where strangers get no mail there is the least to do for them.
  {
    name: 'auth/password/request',
    path: 'auth/password/request',
    settings: { ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS: false },
    input: (email) => ({ email }),
    clients: 4,
    isDifferent: isDifferentStep,
  },
  {
    name: 'auth/code/request',
    path: 'auth/code/request',
    settings: { ACCOUNT_LOGIN_BY_CODE_ENABLED: true, ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS: false },
    input: (email) => ({ email }),
    clients: 4,
    isDifferent: isDifferentStep,
  },
]

describe('the time that an answer takes', () => {
  it.each(endpoints)('$name tells nothing of accounts', { timeout: 90_000 }, async (endpoint) => {
    // With passwords at their full cost.
    const settings = { ACCOUNT_RATE_LIMITS: false, HASH_PASSES: 2, ...endpoint.settings }
    await using auth = await createTestAuth({ settings })
    for (let n = 0; n < samples + warmUps; n += 1) {
      await auth.createUser({ email: addressOf('known', n, 0), password })
    }
    const found: string[] = []
    for (let round = 1; round <= mostRounds; round += 1) {
      const times = await measure(auth, endpoint, round)
      // Other work on the machine can make a difference once; a real one shows in every round.
      if (!endpoint.isDifferent(times)) return
      found.push(`${median(times.known)} ms known, ${median(times.unknown)} ms unknown`)
    }
    assert.fail(found.join('; '))
  })

  it('is found to tell something where it does', () => {
    const spread = () => 15 + randomInt(3000) / 1000
    const like = { known: many(spread), unknown: many(spread) }
    assert.equal(isDifferentHash(like), false)
    assert.equal(isDifferentHash({ ...like, known: many(() => spread() + 1) }), true)
    assert.equal(isDifferentHash({ ...like, known: many(() => 0.5) }), true)
    assert.equal(isDifferentStep({ ...like, known: many(() => spread() + 0.5) }), true)
  })
})

/** A difference in rank or in the middle that a patient observer could use. */
function isDifferentHash({ known, unknown }: Times): boolean {
  const difference = Math.abs(median(known) - median(unknown))
  const rank = probabilityOfLonger(known, unknown)
  return difference > 0.1 * median(unknown) || rank < 0.4 || rank > 0.6
}

/** These answers leave in steps, so the middle of both is the same step. */
function isDifferentStep({ known, unknown }: Times): boolean {
  return Math.abs(median(known) - median(unknown)) > 0.15
}

async function measure(auth: TestAuth, endpoint: Endpoint, round: number): Promise<Times> {
  const times: Times = { known: [], unknown: [] }
  const queue = shuffled(round)
  const warming = new Set(queue.slice(0, 2 * warmUps))
  async function work(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const client = auth.client('app')
      const input = endpoint.input(next.email)
      const startedAt = performance.now()
      const { status } = await client.post(endpoint.path, input)
      const took = performance.now() - startedAt
      assert.ok(status < 429)
      if (!warming.has(next)) times[next.kind].push(took)
    }
  }
  await Promise.all(Array.from({ length: endpoint.clients }, work))
  await auth.server.outbox.drain()
  return times
}

/** Every address once, in random order. */
function shuffled(round: number): { kind: keyof Times; email: string }[] {
  const all = Array.from({ length: samples + warmUps }, (_, n) =>
    (['known', 'unknown'] as const).map((kind) => ({ kind, email: addressOf(kind, n, round) })),
  ).flat()
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1)
    const [a, b] = [all[last], all[other]]
    if (a && b) all.splice(last, 1, b) && all.splice(other, 1, a)
  }
  return all
}

/** Both are equally long; an unknown one is asked for once. */
function addressOf(kind: keyof Times, n: number, round: number): string {
  const number = String(n).padStart(3, '0')
  return kind === 'known' ? `user0${number}@example.org` : `none${round}${number}@example.org`
}

function probabilityOfLonger(left: readonly number[], right: readonly number[]): number {
  const wins = left.map((a) => right.filter((b) => a > b).length)
  return wins.reduce((sum, it) => sum + it, 0) / (left.length * right.length)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function many(make: () => number): number[] {
  return Array.from({ length: samples }, make)
}
