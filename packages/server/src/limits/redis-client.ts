import { setTimeout as sleep } from 'node:timers/promises'
import type { RedisOptions } from 'ioredis'
import type { Log } from '../log.ts'
import { readRedisAddress } from '../settings/redis-address.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { LimiterDown } from './limiter.ts'

const patienceMs = 1000
const mostPauseMs = 2000

/** A script, and the name that Redis knows it by once it has seen it. */
export interface RedisScript {
  text: string
  sha1: string
}

/** The few things that limits ask of Redis. Each rejects with `LimiterDown` where it can not be done. */
export interface RedisClient {
  /** Runs a script on one key. */
  run(script: RedisScript, key: string, values: string[]): Promise<unknown>
  /** Takes a member out of a sorted set. */
  removeMember(key: string, member: string): Promise<void>
  remove(key: string): Promise<void>
  probe(): Promise<void>
  close(): void
}

/**
 * Connects to Redis or Valkey. Waits a moment for the first connection, but not for a server that is down:
 * the connection is tried again until it is closed.
 * @throws SettingsError where the driver is not installed
 */
export async function connectRedis(url: string, log: Log): Promise<RedisClient> {
  const { Redis } = await loadDriver()
  const client = new Redis(optionsFor(url))
  let isClosing = false
  let isDown = false
  function noteDown(reason: string): void {
    if (!isDown && !isClosing) log.error({ reason }, 'the store of the limits can not be reached')
    isDown = true
  }
  client.on('error', (error: unknown) => noteDown(reasonOf(error)))
  client.on('close', () => noteDown('the connection ended'))
  client.on('ready', () => {
    if (isDown) log.info({}, 'the store of the limits can be reached again')
    isDown = false
  })
  // What went wrong was told to the listeners.
  const connected = client.connect().catch(() => {})
  await Promise.race([connected, sleep(patienceMs, undefined, { ref: false })])
  return {
    run: ({ sha1, text }, key, values) =>
      orDown(
        client.evalsha(sha1, 1, key, ...values).catch((error: unknown) => {
          if (!reasonOf(error).startsWith('NOSCRIPT')) throw error
          return client.eval(text, 1, key, ...values)
        }),
      ),
    removeMember: async (key, member) => void (await orDown(client.zrem(key, member))),
    remove: async (key) => void (await orDown(client.del(key))),
    probe: async () => void (await orDown(client.ping())),
    close() {
      isClosing = true
      client.disconnect()
    },
  }
}

async function loadDriver() {
  try {
    return await import('ioredis')
  } catch (error) {
    throw new SettingsError(['REDIS_URL: needs the package `ioredis`: npm install ioredis'], {
      cause: error,
    })
  }
}

/** Fails at once where there is no connection, and never sends again what may have been counted. */
function optionsFor(url: string) {
  return {
    ...readRedisAddress(url),
    protocol: 2,
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableClientInfo: true,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), mostPauseMs),
    // The server is a replica by now: its name may lead to another one.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  } satisfies RedisOptions
}

async function orDown<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    // Not as the cause: errors of the driver hold what was sent, such as the password.
    throw new LimiterDown(reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  return 'code' in error ? String(error.code) : error.name
}
