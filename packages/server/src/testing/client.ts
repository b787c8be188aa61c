import type { Assembled } from '../assemble.ts'
import { serve } from '../http/serve.ts'
import type { TransportAnswer } from '../http/transport.ts'
import { activeContract, assertAnswer } from './contract.ts'

/** An answer as a client sees it. */
export interface TestAnswer {
  status: number
  /** The JSON of the body; an empty object where there was none. */
  body: TestBody
  headers: Headers
  text: string
}

/** The envelope with every member that a test may look at; what is absent is undefined. */
export interface TestBody {
  status?: number
  data?: { user?: Record<string, unknown>; methods?: object[]; flows?: TestFlow[] } & Record<
    string,
    unknown
  >
  meta?: {
    is_authenticated?: boolean
    is_authenticating?: boolean
    session_token?: string
    access_token?: string
    refresh_token?: string
  }
  errors?: { code: string; param?: string; message: string }[]
}

interface TestFlow {
  id: string
  is_pending?: boolean
}

interface RequestOptions {
  headers?: Record<string, string | undefined>
  /** Instead of JSON, exactly these bytes. */
  raw?: string | Uint8Array
  /** False: without the header against forged requests. */
  csrf?: boolean
  /** True: over TLS. */
  isEncrypted?: boolean
}

/** Where a client is, and what it may meet with. */
export interface ClientOptions {
  /** @defaultValue '192.0.2.1' */
  ip?: string
  /** True: answers from 500 on are expected; they are not part of the contract. */
  mayFail?: boolean
}

/**
 * A front end or an app: keeps its token or cookies, and checks every answer against the contract, the
 * whole of it and what is left of it under the settings.
 */
export class TestClient {
  token: string | undefined
  readonly cookies = new Map<string, string>()
  readonly kind: 'app' | 'browser'
  readonly #assembled: Assembled
  readonly #ip: string
  readonly #mayFail: boolean

  constructor(
    assembled: Assembled,
    kind: 'app' | 'browser',
    { ip = '192.0.2.1', mayFail = false }: ClientOptions = {},
  ) {
    this.#assembled = assembled
    this.kind = kind
    this.#ip = ip
    this.#mayFail = mayFail
  }

  get(path: string, options: RequestOptions = {}): Promise<TestAnswer> {
    return this.request('GET', path, undefined, options)
  }

  post(path: string, json: unknown = {}, options: RequestOptions = {}): Promise<TestAnswer> {
    return this.request('POST', path, json, options)
  }

  put(path: string, json: unknown, options: RequestOptions = {}): Promise<TestAnswer> {
    return this.request('PUT', path, json, options)
  }

  patch(path: string, json: unknown, options: RequestOptions = {}): Promise<TestAnswer> {
    return this.request('PATCH', path, json, options)
  }

  delete(path: string, json?: unknown, options: RequestOptions = {}): Promise<TestAnswer> {
    return this.request('DELETE', path, json, options)
  }

  /**
   * Sends one request to a path below `/_allauth/{client}/v1/`, below `/_latchkey/{client}/v1/` where it
   * begins with `latchkey:`, or from the root with a slash.
   */
  async request(
    method: string,
    path: string,
    json: unknown,
    { headers: own = {}, raw, csrf = true, isEncrypted = false }: RequestOptions = {},
  ): Promise<TestAnswer> {
    const isUnsafe = !['GET', 'HEAD', 'OPTIONS'].includes(method)
    if (this.kind === 'browser' && isUnsafe && csrf && !this.cookies.has('csrftoken')) {
      await this.get('config')
    }
    const target = this.targetOf(path)
    const body = raw ?? (json === undefined ? '' : JSON.stringify(json))
    const headers = { host: 'localhost', ...this.#credentials(isUnsafe && csrf), ...own }
    const { server, served } = this.#assembled
    const answered = await serve(server, served, {
      method,
      target,
      isEncrypted,
      remoteAddress: this.#ip,
      header: (name) => Object.entries(headers).find(([key]) => key === name)?.[1],
      readBody: async (maxBytes) => {
        const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
        return bytes.length > maxBytes ? null : bytes
      },
    })
    return this.#absorb(method, target, answered)
  }

  /** The flow that waits, if one does. */
  static pending({ body }: TestAnswer): string | undefined {
    return body.data?.flows?.find((flow) => flow.is_pending)?.id
  }

  /** The codes of the errors, each with its parameter. */
  static errors({ body }: TestAnswer): string[] {
    return (body.errors ?? []).map(({ code, param }) => `${code}@${param ?? '-'}`)
  }

  /** Where a request for a path goes. */
  targetOf(path: string): string {
    if (path.startsWith('/')) return path
    const isOwn = path.startsWith('latchkey:')
    const root = isOwn ? '_latchkey' : '_allauth'
    return `/${root}/${this.kind}/v1/${isOwn ? path.slice('latchkey:'.length) : path}`
  }

  #credentials(withCsrf: boolean): Record<string, string | undefined> {
    if (this.kind === 'app') return { 'x-session-token': this.token }
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const csrf = this.cookies.get('csrftoken')
    return {
      ...(cookie !== '' && { cookie }),
      ...(withCsrf && csrf !== undefined && { 'x-csrftoken': csrf }),
    }
  }

  #absorb(method: string, target: string, answered: TransportAnswer): TestAnswer {
    const headers = new Headers(answered.headers)
    for (const line of headers.getSetCookie()) this.#keepCookie(line)
    const text = Buffer.from(answered.body).toString('utf8')
    const isJson = headers.get('content-type') === 'application/json' && text !== ''
    const body: TestBody = isJson ? JSON.parse(text) : {}
    const isFailure = this.#mayFail && answered.status >= 500
    if (isJson && !isFailure && /^\/_(allauth|latchkey)\//.test(target)) {
      const path = target.replace(/\?.*$/, '')
      assertAnswer(method, path, answered.status, body)
      activeContract(this.#assembled).assert(method, path, answered.status, body)
    }
    this.token = body.meta?.session_token ?? this.token
    return { status: answered.status, body, headers, text }
  }

  #keepCookie(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const [name = '', value = ''] = pair.split('=')
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}
