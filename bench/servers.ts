import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { DatabaseEnv } from './databases.ts'
import { cores, type Program, type Running, startServer } from './processes.ts'
import { type Answer, headersOf, openWire, writeRequest } from './wire.ts'

const executable = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** How somebody who uses a server logs in, asks who they are, and signs up. */
export interface Dialogue {
  signup(email: string): Buffer
  login(email: string): Buffer
  /** Asks with what the answer to a login gave; signed out where there was none. */
  check(login: Answer | null): Buffer
}

export const password = 'correct horse battery'

/** The settings that a server for measurements has: no limits, and nobody waits for mail. */
const latchkeyEnv = {
  SECRET_KEY: 'a secret that guards nothing but figures',
  ACCOUNT_RATE_LIMITS: 'false',
  ACCOUNT_EMAIL_VERIFICATION: 'none',
}

/** Latchkey as it ships: the build, in production. */
export function latchkey(env: DatabaseEnv, pinned: string = cores.server): Program {
  const words = [executable('../packages/server/bin/latchkey.js'), 'serve', '--port', '0']
  return { words, env: { ...latchkeyEnv, ...env }, cores: pinned }
}

/** The command that brings a database of Latchkey up to date. */
export function latchkeyMigrate(env: DatabaseEnv): Program {
  const words = [executable('../packages/server/bin/latchkey.js'), 'migrate']
  return { words, env: { ...latchkeyEnv, ...env }, cores: cores.both }
}

/** better-auth as its users run it; see peers/better-auth.js. */
export function betterAuth(env: DatabaseEnv, pinned: string = cores.server): Program {
  return { words: [executable('peers/better-auth.js')], env, cores: pinned }
}

/** A server that does nothing but return the bytes and headers of an answer. */
export function startBare(answer: Answer): Promise<Running> {
  const env = { ANSWER: JSON.stringify(answer) }
  return startServer({ words: [executable('programs/bare.ts')], env, cores: cores.server })
}

/** Verifies so many passwords at once for so long, and prints how many a second. */
export function rawHash(seconds: number): Program {
  return { words: [executable('programs/raw-hash.ts'), String(seconds)], cores: cores.both }
}

export const latchkeyApp: Dialogue = {
  signup: (email) => latchkeyPost('signup', email),
  login: (email) => latchkeyPost('login', email),
  check: (login) => {
    const token = login === null ? '' : JSON.parse(login.body).meta.session_token
    const headers: Record<string, string> = login === null ? {} : { 'X-Session-Token': token }
    return writeRequest('GET', '/_allauth/app/v1/auth/session', { headers })
  },
}

const origin = { Origin: 'http://127.0.0.1' }
const csrfToken = 'c'.repeat(32)

/** What a browser sends with its requests, from the cookies of the answers before. */
export const latchkeyBrowser: Pick<Dialogue, 'login' | 'check'> = {
  login: (email) =>
    writeRequest('POST', '/_allauth/browser/v1/auth/login', {
      headers: { ...origin, 'X-CSRFToken': csrfToken, Cookie: `csrftoken=${csrfToken}` },
      json: { email, password },
    }),
  check: (login) =>
    writeRequest('GET', '/_allauth/browser/v1/auth/session', { headers: cookiesOf(login) }),
}

export const betterAuthBrowser: Dialogue = {
  signup: (email) => betterAuthPost('sign-up', email),
  login: (email) => betterAuthPost('sign-in', email),
  check: (login) => writeRequest('GET', '/api/auth/get-session', { headers: cookiesOf(login) }),
}

/** Asks once, over a connection of its own. @throws where the answer is neither a 200 nor a 401. */
export async function askOnce({ port }: Running, request: Buffer): Promise<Answer> {
  const wire = await openWire(port)
  try {
    const answer = await wire.send(request)
    if (answer.status === 200 || answer.status === 401) return answer
    throw new Error(`expected a 200: ${answer.head}\n${answer.body}`)
  } finally {
    wire.close()
  }
}

/** An address that nobody has yet. */
export function newEmail(): string {
  return `${randomUUID()}@example.org`
}

function latchkeyPost(step: string, email: string): Buffer {
  return writeRequest('POST', `/_allauth/app/v1/auth/${step}`, { json: { email, password } })
}

function betterAuthPost(step: string, email: string): Buffer {
  const json = { email, password, name: 'Ann' }
  return writeRequest('POST', `/api/auth/${step}/email`, { headers: origin, json })
}

function cookiesOf(answer: Answer | null): Record<string, string> {
  if (answer === null) return {}
  const pairs = headersOf(answer, 'set-cookie').map((it) => it.split(';')[0])
  return { Cookie: pairs.join('; ') }
}
