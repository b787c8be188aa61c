import { memoryTokens, type TokenStore } from './token-store.ts'

/** How a client reaches its server. */
export interface ClientOptions {
  /**
   * Where the server is: its origin, and the path it is mounted at.
   * @defaultValue '' : where the page came from
   */
  url?: string
  /**
   * `browser`: the session is a cookie. `app`: it is a token, which `tokens` keeps.
   * @defaultValue `browser` in a page, else `app`
   */
  kind?: 'browser' | 'app'
  /** @defaultValue kept until the program ends */
  tokens?: TokenStore
  /** How long a call may take, in milliseconds. @defaultValue 10000 */
  timeout?: number
  /** @defaultValue the platform's */
  fetch?: typeof fetch
  /** The server's `CSRF_COOKIE_NAME`. @defaultValue 'csrftoken' */
  csrfCookieName?: string
  /** The server's `CSRF_HEADER_NAME`, as it is sent. @defaultValue 'X-CSRFToken' */
  csrfHeaderName?: string
}

/** The same, complete. */
export type ClientSettings = Required<ClientOptions>

export function settingsOf(options: ClientOptions): ClientSettings {
  return {
    kind: typeof document === 'undefined' ? 'app' : 'browser',
    timeout: 10_000,
    csrfCookieName: 'csrftoken',
    csrfHeaderName: 'X-CSRFToken',
    tokens: memoryTokens(),
    // Called without its object, the platform's own would fail.
    fetch: (...request) => fetch(...request),
    ...options,
    url: (options.url ?? '').replace(/\/$/, ''),
  }
}
