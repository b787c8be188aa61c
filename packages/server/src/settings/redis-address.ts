import { textLike } from './parsers.ts'

/** What an address of Redis says. */
export interface RedisAddress {
  host: string
  port: number
  /** The number of the database. */
  db: number
  username?: string
  password?: string
  /** By TLS, where it is there. */
  tls?: object
}

const form =
  'an address such as redis://user:password@host:6379/0, or rediss:// for TLS, with %25 for a percent sign'

/** Reads an address of Redis or Valkey. @throws TypeError where it is none */
export function readRedisAddress(text: string): RedisAddress {
  const url = URL.parse(text)
  const db = /^\/?(\d{0,5})$/.exec(url?.pathname ?? '')?.[1]
  const isRedis = url?.protocol === 'redis:' || url?.protocol === 'rediss:'
  if (!url || !isRedis || db === undefined || url.hostname === '' || url.search + url.hash !== '') {
    throw new TypeError(`expected ${form}`)
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 6379 : Number(url.port),
    db: Number(db),
    ...(url.username !== '' && { username: decodeURIComponent(url.username) }),
    ...(url.password !== '' && { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
  }
}

export const redisAddress = textLike(form, (value) => {
  try {
    readRedisAddress(value)
    return !/\s/.test(value)
  } catch {
    return false
  }
})
