import assert from 'node:assert/strict'

/** How a visitor proves who it is. */
export type VisitorKind = 'browser' | 'app'

interface VisitOptions {
  headers?: Record<string, string>
  body?: string | URLSearchParams | FormData
  /** True: the token against forged requests goes along in the header. */
  csrf?: boolean
}

/** Somebody who signs up at a site and calls routes of it: a page with cookies, or an app. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  readonly kind: VisitorKind
  token: string | undefined
  /** Where the settings have apps given one. */
  accessToken: string | undefined
  readonly #origin: string
  readonly #send: (request: Request) => Response | Promise<Response>

  constructor(
    kind: VisitorKind,
    origin: string,
    send: (request: Request) => Response | Promise<Response> = fetch,
  ) {
    this.kind = kind
    this.#origin = origin
    this.#send = send
  }

  get csrfToken(): string {
    return this.cookies.get('csrftoken') ?? ''
  }

  async request(
    method: string,
    path: string,
    { headers = {}, body, csrf = false }: VisitOptions = {},
  ): Promise<Response> {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ')
    const answer = await this.#send(
      new Request(new URL(path, this.#origin), {
        method,
        redirect: 'manual',
        headers: {
          ...(this.kind === 'app'
            ? this.token !== undefined && { 'x-session-token': this.token }
            : cookie !== '' && { cookie }),
          ...(csrf && { 'x-csrftoken': this.csrfToken }),
          ...headers,
        },
        ...(body !== undefined && { body }),
      }),
    )
    for (const line of answer.headers.getSetCookie()) this.#keepCookie(line)
    return answer
  }

  /** Calls the API, and keeps the token that an app is given. */
  async call(method: string, path: string, json?: object): Promise<Response> {
    if (this.kind === 'browser' && this.csrfToken === '')
      await this.request('GET', api(this, 'config'))
    const answer = await this.request(method, api(this, path), {
      csrf: this.kind === 'browser',
      headers: { 'content-type': 'application/json' },
      ...(json && { body: JSON.stringify(json) }),
    })
    const { meta } = await answer.clone().json()
    this.token = meta?.session_token ?? this.token
    this.accessToken = meta?.access_token ?? this.accessToken
    return answer
  }

  async signUp(email: string): Promise<void> {
    const answer = await this.call('POST', 'auth/signup', { email, password: 'velvet-Otter-41' })
    assert.equal(answer.status, 200, await answer.text())
  }

  async signOut(): Promise<void> {
    assert.equal((await this.call('DELETE', 'auth/session')).status, 401)
  }

  #keepCookie(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const [name = '', value = ''] = pair.split('=')
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

function api({ kind }: Visitor, path: string): string {
  return `/_allauth/${kind}/v1/${path}`
}
