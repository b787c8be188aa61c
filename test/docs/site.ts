import { toMailboxEntry } from '../../packages/server/src/delivery/mailbox-entry.ts'
import { serve } from '../../packages/server/src/http/serve.ts'
import {
  appWith,
  recoveryCodesOf,
  setUpTotp,
  type TestApp,
} from '../../packages/server/src/mfa/testing/totp.ts'
import { createTestAuth, type TestAuth } from '../../packages/server/src/testing/auth.ts'
import { assertAnswer } from '../../packages/server/src/testing/contract.ts'
import { SecurityKey } from '../../packages/server/src/testing/security-key.ts'
import { signIn } from '../../packages/server/src/testing/signed-in.ts'
import { differences, fitsText } from './compare.ts'

/** An answer as it came. */
interface SiteAnswer {
  status: number
  headers: readonly [name: string, value: string][]
  body: string
}

interface SiteRequest {
  method: string
  path: string
  headers: Map<string, string>
  body: string
}

/** What a security key is asked for, in the newest answer that asked. */
interface KeyOptions {
  creation_options?: unknown
  request_options?: unknown
}

/** What answers hand out, by the name that requests use it under. */
const patterns: readonly [name: string, pattern: RegExp][] = [
  ['session_token', /"session_token":"([^"]+)"/],
  ['access_token', /"access_token":"([^"]+)"/],
  ['refresh_token', /"refresh_token":"([^"]+)"/],
  ['recovery_code', /"unused_codes":\["([^"]+)"/],
  ['authenticator_id', /"type":"webauthn"[^{}]*"id":(\d+)/],
]

const ann = { email: 'ann@example.org', password: 'correct horse battery' }

/**
 * A server for the requests of a page. In a request, `{session_token}`, `{sessionid}` and other cookies
 * are the newest that the server handed out, `{code}` and `{key}` those of the newest message.
 * `{totp}` is what the authenticator app shows now, `{recovery_code}` the first of the newest codes,
 * `{credential}` what a browser makes of the newest options, `{authenticator_id}` the newest key's.
 */
export class Site {
  readonly #auth: TestAuth
  readonly #known = new Map<string, string>()
  #answer: SiteAnswer | undefined
  #app: TestApp | undefined
  #key = new SecurityKey()
  #options: KeyOptions = {}

  private constructor(auth: TestAuth) {
    this.#auth = auth
  }

  static async start(settings: Readonly<Record<string, unknown>>): Promise<Site> {
    return new Site(await createTestAuth({ settings }))
  }

  close(): Promise<void> {
    return this.#auth.close()
  }

  /** Makes an account with a verified address, as a page says that there is one. */
  async addAnn({ isSignedIn, hasApp }: { isSignedIn: boolean; hasApp: boolean }): Promise<void> {
    await this.#auth.createUser(ann)
    if (!isSignedIn && !hasApp) return
    const client = await signIn(this.#auth, ann)
    if (hasApp) {
      this.#app = await setUpTotp(this.#auth, client)
      const [code] = await recoveryCodesOf(client)
      if (code) this.#known.set('recovery_code', code)
    }
    if (isSignedIn && client.token) this.#known.set('session_token', client.token)
  }

  /** Lets time pass. */
  wait(seconds: number): void {
    this.#auth.clock.advance(seconds)
  }

  /** Sends a request as a page writes it: method and path, headers, a blank line, the body. */
  async send(written: string): Promise<void> {
    await this.#readMessages()
    const { method, path, headers, body } = this.#parse(written)
    const { server, served } = this.#auth
    const answered = await serve(server, served, {
      method,
      target: path,
      isEncrypted: false,
      remoteAddress: '192.0.2.1',
      header: (name) => headers.get(name),
      readBody: async () => new TextEncoder().encode(body),
    })
    const answer = { ...answered, body: String(answered.body) }
    this.#answer = answer
    this.#learn(answer)
    if (isJson(answer) && /^\/_(allauth|latchkey)\//.test(path)) {
      assertAnswer(method, path, answer.status, JSON.parse(answer.body))
    }
  }

  /** How the newest answer differs from the JSON that a page shows. */
  compareJson(shown: string): string[] {
    const { status, body } = this.#answered()
    if (!isJson(this.#answered())) return [`the answer: ${status} without JSON: ${body}`]
    return differences(JSON.parse(shown), JSON.parse(body))
  }

  /** How the newest answer differs from the shown status, headers and body. */
  compareHttp(shown: string): string[] {
    const { status, headers, body } = this.#answered()
    const [head = '', ...rest] = shown.split('\n\n')
    const [first = '', ...shownHeaders] = head.split('\n')
    const written = headers.map(([name, value]) => `${name}: ${value}`)
    const missing = shownHeaders.filter((it) => !written.some((line) => fitsHeader(it, line)))
    return [
      ...(first.startsWith(`HTTP/1.1 ${status} `) ? [] : [`shown ${first}, found ${status}`]),
      ...missing.map((line) => `shown ${line}, found\n  ${written.join('\n  ')}`),
      ...(rest.length === 0 ? [] : compareBody(rest.join('\n\n'), body)),
    ]
  }

  /** How the text of the newest message differs from the one that a page shows. */
  async compareMessage(shown: string): Promise<string[]> {
    const [newest] = await this.#messages()
    const text = newest ? newest.text.trimEnd() : 'no message'
    return fitsText(shown, text) ? [] : [`the newest message is\n${text}`]
  }

  #answered(): SiteAnswer {
    if (!this.#answer) throw new Error('an answer is shown before any request')
    return this.#answer
  }

  #parse(written: string): SiteRequest {
    const [head = '', ...rest] = this.#fill(written).split('\n\n')
    const [first = '', ...lines] = head.split('\n')
    const [method = '', path = ''] = first.split(' ')
    const headers = new Map([['host', 'localhost:8000']])
    for (const line of lines) {
      const colon = line.indexOf(': ')
      headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 2))
    }
    return { method, path, headers, body: rest.join('\n\n') }
  }

  /** Puts what is known in the place of `{name}`. */
  #fill(written: string): string {
    return written.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = this.#valueOf(name)
      if (value === undefined) throw new Error(`{${name}} is not known yet`)
      return value
    })
  }

  #valueOf(name: string): string | undefined {
    if (name === 'totp') return this.#app?.code()
    if (name === 'credential') return JSON.stringify(this.#credential())
    return this.#known.get(name)
  }

  #credential(): object {
    const { creation_options: creation, request_options: request } = this.#options
    if (creation === undefined) return this.#key.get(request)
    this.#key = new SecurityKey()
    return this.#key.create(creation)
  }

  #learn({ headers, body }: SiteAnswer): void {
    for (const [name, value] of headers) {
      const [, cookie = '', content = ''] = /^(\w+)=([^;]*)/.exec(value) ?? []
      if (name === 'set-cookie') this.#known.set(cookie, content)
    }
    for (const [name, pattern] of patterns) {
      const value = pattern.exec(body)?.[1]
      if (value !== undefined) this.#known.set(name, value)
    }
    const secret = /"secret":"([^"]+)"/.exec(body)?.[1]
    if (secret !== undefined) this.#app = appWith(this.#auth, secret)
    if (/"(creation|request)_options"/.test(body)) this.#options = JSON.parse(body).data
  }

  async #readMessages(): Promise<void> {
    const [newest] = await this.#messages()
    for (const name of ['code', 'key'] as const) {
      const value = newest?.[name]
      if (value !== undefined) this.#known.set(name, value)
    }
    const key = newest?.link && /[^/=]+$/.exec(newest.link)?.[0]
    if (key) this.#known.set('key', key)
  }

  async #messages() {
    await this.#auth.server.outbox.drain()
    return this.#auth.mailbox.messages().map(toMailboxEntry)
  }
}

function isJson({ headers, body }: SiteAnswer): boolean {
  return body !== '' && headers.some(([, value]) => value === 'application/json')
}

function fitsHeader(shown: string, line: string): boolean {
  const colon = shown.indexOf(':')
  return fitsText(shown.slice(0, colon).toLowerCase() + shown.slice(colon), line)
}

function compareBody(shown: string, body: string): string[] {
  if (shown.startsWith('{')) return differences(JSON.parse(shown), JSON.parse(body))
  return fitsText(shown, body.trim()) ? [] : [`the body: found ${body}`]
}
