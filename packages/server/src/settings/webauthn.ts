import { textLike } from './parsers.ts'

export const domainName = textLike('a domain without port, such as "example.com"', (value) =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(value),
)

export const httpsOrigin = textLike('an origin, such as "https://example.com"', (value) => {
  const url = URL.parse(value)
  return url?.protocol === 'https:' && url.origin === value
})

export const appOrigin = textLike(
  'the origin of an app, such as "android:apk-key-hash:" and the hash',
  (value) => /^(android:apk-key-hash:[\w-]{43}|ios:bundle-id:[\w.-]+)$/.test(value),
)
