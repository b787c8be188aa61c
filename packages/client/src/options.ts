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
  /** How long a request may take, in milliseconds; `Infinity` for as long as it likes. @defaultValue 10000 */
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
    url: (options.url ?? '').replace(/\/$/, ''),
    kind: options.kind ?? (typeof document === 'undefined' ? 'app' : 'browser'),
    tokens: options.tokens ?? memoryTokens(),
    timeout: options.timeout ?? 10_000,
    // Called without its object, the platform's own would fail.
    fetch: options.fetch ?? ((...request) => fetch(...request)),
    csrfCookieName: options.csrfCookieName ?? 'csrftoken',
    csrfHeaderName: options.csrfHeaderName ?? 'X-CSRFToken',
  }
}
