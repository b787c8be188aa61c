import { type Parser, WrongValue } from './parser.ts'
import { filledText, headerName, listFromText, listOf, orNull, textLike, whole } from './parsers.ts'

/** The header by which a proxy says that a request came to it by https. */
export interface ProxyHeader {
  /** The header's name in small letters. */
  name: string
  /** The value that stands for https. */
  value: string
}

/** Which requests are answered, and how much a proxy is believed. */
export interface ServerHttpSettings {
  /**
   * The origin that browsers see, such as `https://auth.example.com`. Links in mails and callbacks
   * begin with it. `null`: taken from each request.
   * @defaultValue null
   */
  publicUrl: string | null
  /**
   * The hosts that the server answers for, without a port; `.example.com` is a domain with all below
   * it, `*` is any. Requests for other hosts get 400. Empty: `localhost`, `127.0.0.1`, `[::1]` and
   * the host of PUBLIC_URL.
   * @defaultValue []
   */
  allowedHosts: readonly string[]
  /**
   * Origins of front ends elsewhere that may call the API for a browser, and that redirects may lead
   * to: `https://app.example.com`, or `https://*.example.com` for every host below a domain.
   * @defaultValue []
   */
  csrfTrustedOrigins: readonly string[]
  /**
   * The header, and its value, by which the proxy in front says that the request came by https, such
   * as `["X-Forwarded-Proto", "https"]`. `null`: only the connection itself counts. The proxy has
   * to remove the header from what clients send.
   * @defaultValue null
   */
  secureProxySslHeader: ProxyHeader | null
  /**
   * How many proxies of your own stand in front. 0: `X-Forwarded-For` is ignored and the client's
   * address is that of the connection. n: it is the n-th entry from the right.
   * @defaultValue 0
   */
  trustedProxyCount: number
  /**
   * The one header that tells the client's address, such as `X-Real-IP`, kept in small letters.
   * Neither `X-Forwarded-For` nor the connection is asked then. `null`: there is none.
   * @defaultValue null
   */
  trustedClientIpHeader: string | null
  /**
   * The most bytes of a request's body, at least 1024. Larger ones are refused unread. The original
   * takes 2.5 MB; no request of this API needs them.
   * @defaultValue 65536
   */
  dataUploadMaxMemorySize: number
}

export const serverHttpDefaults: ServerHttpSettings = {
  publicUrl: null,
  allowedHosts: [],
  csrfTrustedOrigins: [],
  secureProxySslHeader: null,
  trustedProxyCount: 0,
  trustedClientIpHeader: null,
  dataUploadMaxMemorySize: 65536,
}

const publicUrl: Parser<string> = {
  expected: 'an origin, such as "https://auth.example.com"',
  fromText: filledText.fromText,
  parse(value) {
    const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null
    const isOrigin = url !== null && `${url.origin}/` === url.href
    if (!isOrigin || !/^https?:$/.test(url.protocol)) {
      throw new WrongValue(publicUrl.expected, value)
    }
    return url.origin
  },
}

const host = textLike('a host without a port, a domain such as ".example.com", or "*"', (value) =>
  /^(\*|\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/i.test(value),
)

const allowedHost: Parser<string> = {
  ...host,
  parse: (value) => host.parse(value).toLowerCase(),
}

const origin = textLike('an origin such as "https://app.example.com"', (value) =>
  /^[a-z][a-z0-9+.-]*:\/\/(\*\.)?[^/\s*?#@]+\/?$/i.test(value),
)

const trustedOrigin: Parser<string> = {
  ...origin,
  parse: (value) => origin.parse(value).replace(/\/$/, '').toLowerCase(),
}

const proxyHeader: Parser<ProxyHeader> = {
  expected: 'a list of a header and its value, such as ["X-Forwarded-Proto", "https"]',
  fromText: listFromText,
  parse(value) {
    if (!Array.isArray(value) || value.length !== 2 || typeof value[1] !== 'string') {
      throw new WrongValue(proxyHeader.expected, value)
    }
    return { name: headerName.parse(value[0]), value: value[1] }
  },
  show: ({ name, value }) => [name, value],
}

export const serverHttpParsers = {
  publicUrl: orNull(publicUrl),
  allowedHosts: listOf(allowedHost),
  csrfTrustedOrigins: listOf(trustedOrigin),
  secureProxySslHeader: orNull(proxyHeader),
  trustedProxyCount: whole(0, 100),
  trustedClientIpHeader: orNull(headerName),
  dataUploadMaxMemorySize: whole(1024),
} satisfies { [K in keyof ServerHttpSettings]: Parser<ServerHttpSettings[K]> }
