// Those who use the nodes while things break, and the books of what they were promised.
import { setTimeout as sleep } from 'node:timers/promises'
import { codeIn, type HttpAnswer, type HttpRequest, request } from '../http-client.ts'
import type { Delivery, MailSink } from './mail-sink.ts'

const password = 'correct horse battery'
const patienceMs = 15_000

/** What the answers have promised. */
export interface Books {
  /** Addresses whose signup was answered. */
  signups: Set<string>
  /** How many mails each address is owed. */
  owed: Map<string, number>
  /** Tokens of sessions that an answer says are over. */
  ended: string[]
  /** Tokens of sessions that nobody ended. */
  lasting: Set<string>
  /** Requests without an answer, or asked to come back. */
  failures: { connection: number; unavailable: number }
  /** What should not have happened. */
  faults: string[]
  requests: number
}

export interface People {
  books: Books
  /** An answer, or null where the connection failed or the node could not serve. */
  ask(method: string, path: string, options?: HttpRequest): Promise<HttpAnswer | null>
  /** Signs up somebody who can be attacked; their address. */
  signUp(): Promise<string | null>
  /** How many of so many wrong passwords at once were compared. */
  guess(email: string, times: number): Promise<number>
  /** Ends what they do and waits for it. */
  stop(): Promise<void>
}

/** Lets so many people live one life after the other until they are stopped. */
export function startPeople(
  count: number,
  { url, mail, random }: { url: string; mail: MailSink; random: () => number },
): People {
  const books: Books = {
    signups: new Set(),
    owed: new Map(),
    ended: [],
    lasting: new Set(),
    failures: { connection: 0, unavailable: 0 },
    faults: [],
    requests: 0,
  }
  let isStopped = false
  let born = 0

  async function ask(method: string, path: string, options: HttpRequest = {}) {
    books.requests += 1
    const n = books.requests
    const ip = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
    try {
      const answer = await request(url, method, path, { ip, ...options })
      if (answer.status < 500) return answer
      const isOrderly = answer.status === 503 && /^[1-9]\d*$/.test(answer.retryAfter ?? '')
      if (isOrderly) books.failures.unavailable += 1
      else books.faults.push(`${method} ${path}: ${answer.outcome}`)
    } catch (error) {
      // `fetch` tells by this that there was no answer.
      if (error instanceof TypeError) books.failures.connection += 1
      else books.faults.push(`${method} ${path}: ${error}`)
    }
    await sleep(20)
    return null
  }

  /** As above, and anything else than the expected outcome is a fault. */
  async function expect(outcome: string, method: string, path: string, options?: HttpRequest) {
    const answer = await ask(method, path, options)
    if (answer === null || answer.outcome === outcome) return answer
    books.faults.push(`${method} ${path}: ${answer.outcome} instead of ${outcome}`)
    return null
  }

  function owe(email: string): void {
    books.owed.set(email, (books.owed.get(email) ?? 0) + 1)
  }

  async function mailTo(email: string): Promise<Delivery | null> {
    const until = performance.now() + patienceMs
    while (performance.now() < until && !isStopped) {
      const found = mail.deliveries.find(({ to }) => to === email)
      if (found) return found
      await sleep(10)
    }
    return null
  }

  async function signUp(): Promise<{ email: string; token: string } | null> {
    born += 1
    const email = `person${born}@example.org`
    const answer = await expect('401', 'POST', 'auth/signup', { json: { email, password } })
    if (!answer) return null
    books.signups.add(email)
    owe(email)
    const isPending = answer.body.data?.flows?.some(
      (it) => it.id === 'verify_email' && it.is_pending,
    )
    if (!isPending) books.faults.push('a signup without a pending verification')
    return { email, token: answer.body.meta?.session_token ?? '' }
  }

  async function join(): Promise<{ email: string; token: string } | null> {
    const person = await signUp()
    const found = person && (await mailTo(person.email))
    if (!person || !found) return null
    const { token } = person
    const json = { key: codeIn(found.text) }
    const verified = await expect('200', 'POST', 'auth/email/verify', { token, json })
    const own = verified?.body.meta?.session_token ?? token
    if (!verified) return null
    books.lasting.add(own)
    return { email: person.email, token: own }
  }

  async function logIn(email: string): Promise<string | null> {
    const answer = await expect('200', 'POST', 'auth/login', { json: { email, password } })
    const token = answer?.body.meta?.session_token
    if (token === undefined) return null
    books.lasting.add(token)
    return token
  }

  /** Does what ends a session; where nobody answers, nobody knows whether it has ended. */
  async function ending(token: string, act: () => Promise<HttpAnswer | null>) {
    books.lasting.delete(token)
    const answer = await act()
    if (answer) books.ended.push(token)
    return answer
  }

  async function live(): Promise<void> {
    const person = await join()
    if (!person) return
    const { email, token } = person
    for (let n = random() * 6; n > 0; n -= 1) {
      await expect('200', 'GET', 'auth/session', { token })
    }
    const other = await logIn(email)
    if (other === null) return
    const ways = [logOut, endOthers, changePassword]
    await ways[Math.floor(random() * ways.length)]?.({ email, token, other })
  }

  async function logOut({ other }: { other: string }): Promise<void> {
    await ending(other, () => expect('401', 'DELETE', 'auth/session', { token: other }))
  }

  async function endOthers({ token, other }: { token: string; other: string }): Promise<void> {
    const listed = await expect('200', 'GET', 'auth/sessions', { token })
    const all = listed?.body.data
    if (!Array.isArray(all)) return
    const json = { sessions: all.filter((it) => !it.is_current).map((it) => it.id) }
    await ending(other, () => expect('200', 'DELETE', 'auth/sessions', { token, json }))
  }

  async function changePassword(person: { email: string; token: string; other: string }) {
    const { email, token, other } = person
    const json = { current_password: password, new_password: `${password} ${born}` }
    // The session that changes it gets a new token, which nobody has where the answer is lost.
    books.lasting.delete(token)
    const changed = await ending(other, () =>
      expect('200', 'POST', 'account/password/change', { token, json }),
    )
    if (!changed) return
    owe(email)
    const renewed = changed.body.meta?.session_token ?? token
    books.lasting.add(renewed)
    if (renewed !== token) books.ended.push(token)
  }

  async function liveOn(): Promise<void> {
    while (!isStopped) await live()
  }

  const lives = Array.from({ length: count }, liveOn)
  return {
    books,
    ask,
    signUp: async () => (await signUp())?.email ?? null,
    async guess(email, times) {
      const json = { email, password: 'wrong horse battery' }
      const answers = await Promise.all(
        Array.from({ length: times }, () => ask('POST', 'auth/login', { json })),
      )
      const outcomes = answers.map((it) => it?.outcome)
      const expected = ['400 email_password_mismatch', '400 too_many_login_attempts', undefined]
      const others = outcomes.filter((it) => !expected.includes(it))
      books.faults.push(...others.map((it) => `a wrong password: ${it}`))
      return outcomes.filter((it) => it === expected[0]).length
    },
    async stop() {
      isStopped = true
      await Promise.all(lives)
    },
  }
}
